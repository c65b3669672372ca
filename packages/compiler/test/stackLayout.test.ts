// Which layout of stacks holds: the first that was deployed.
import { compile } from '../src/compile.ts';
import type { Lock, StackLayout } from '../src/options.ts';

const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

function compileWith(stacks: StackLayout | undefined, lock?: Lock) {
  const result = compile([{ name: 'a.yaml', text }], {
    app: 'shop',
    env: 'default',
    config: { ...(stacks && { stacks }) },
    ...(lock && { lock }),
  });
  return result.ok ? (result.lock.stacks?.layout ?? 'unsaid') : result.diagnostics.map(({ code }) => code).join();
}

test('what is said is kept, and nothing where nothing is', () => {
  expect(compileWith('workload')).toBe('workload');
  expect(compileWith('app')).toBe('app');
  expect(compileWith(undefined)).toBe('unsaid');
});

test('what was decided stays, and another one is refused in both directions', () => {
  const cut: Lock = { version: 1, stacks: { layout: 'workload' } };
  const whole: Lock = { version: 1, loadBalancers: { 'Service/default/web': 1 } };
  expect(compileWith('workload', cut)).toBe('workload');
  expect(compileWith('app', cut)).toBe('I2K743');
  expect(compileWith(undefined, cut)).toBe('I2K743');
  expect(compileWith('workload', whole)).toBe('I2K743');
  expect(compileWith(undefined, whole)).toBe('unsaid');
  // Images are built before anything is deployed.
  expect(compileWith('workload', { version: 1, images: {}, amis: {} })).toBe('workload');
});

test('an app that is too large for one stack fits into several', () => {
  const objects = Array.from({ length: 80 }, (_, index) => {
    const labels = { app: `web-${index}` };
    const container = {
      name: 'web',
      image: 'nginx:1.29',
      ports: [{ containerPort: 80 }],
      resources: { requests: { cpu: '100m' } },
    };
    const metadata = { name: labels.app };
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: labels, ports: [{ port: 8000 + index, targetPort: 80 }] },
      },
    ];
  }).flat();
  const sources = [{ name: 'all.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) }];
  const compiled = (stacks: StackLayout) => compile(sources, { app: 'shop', env: 'default', config: { stacks } });
  const whole = compiled('app');
  expect(whole.ok).toBe(false);
  expect(whole.diagnostics.find(({ code }) => code === 'I2K601')?.hint).toContain('`stacks: workload` in i2kit.yaml');
  const cut = compiled('workload');
  const counts = cut.ok ? cut.stacks.map(({ template }) => Object.keys(template.Resources).length) : [];
  expect(counts).toHaveLength(81);
  expect(Math.max(...counts)).toBeLessThan(400);
});
