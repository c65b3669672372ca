// Which layout of stacks holds: the first that was deployed.
import { compile } from '../src/compile.ts';
import type { Layout, Lock } from '../src/options.ts';

const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

function made(stacks: Layout | undefined, lock?: Lock) {
  const result = compile([{ name: 'a.yaml', text }], {
    app: 'shop',
    env: 'default',
    config: { ...(stacks && { stacks }) },
    ...(lock && { lock }),
  });
  return result.ok ? (result.lock.stacks?.layout ?? 'unsaid') : result.diagnostics.map(({ code }) => code).join();
}

test('what is said is kept, and nothing where nothing is', () => {
  expect(made('workload')).toBe('workload');
  expect(made('app')).toBe('app');
  expect(made(undefined)).toBe('unsaid');
});

test('what was decided stays, and another one is refused in both directions', () => {
  const cut: Lock = { version: 1, stacks: { layout: 'workload' } };
  const whole: Lock = { version: 1, loadBalancers: { 'Service/default/web': 1 } };
  expect(made('workload', cut)).toBe('workload');
  expect(made('app', cut)).toBe('I2K743');
  expect(made(undefined, cut)).toBe('I2K743');
  expect(made('workload', whole)).toBe('I2K743');
  expect(made(undefined, whole)).toBe('unsaid');
  // Images are built before anything is deployed.
  expect(made('workload', { version: 1, images: {}, amis: {} })).toBe('workload');
});
