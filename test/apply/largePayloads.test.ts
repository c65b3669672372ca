// Templates and payloads too large for a request go through the environment's bucket, payloads under their own hash.
import { createHash } from 'node:crypto';
import { readStack } from '../awsEmulator/readStack.ts';
import { startApp } from '../fixtures/app.ts';

const { emulator, clients, folder, environment } = await startApp();

const noise = Array.from({ length: 3_000 }, (_, i) => `${(i * 2_654_435_761) % 4_294_967_296}`).join(' ');
const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'noise' }, data: { noise } };
const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name: 'main', image: 'a:1', volumeMounts: [{ name: 'noise', mountPath: '/noise' }] }],
        volumes: [{ name: 'noise', configMap: { name: 'noise' } }],
      },
    },
  },
});
const names = Array.from({ length: 12 }, (_, i) => `web-${i}`);

const apply = (env: string) => {
  const images = names.flatMap((name) => ['--image', `${name}=ami-0123456789abcdef0`]);
  return folder.run(
    'apply',
    '-f',
    'large.json',
    '--app',
    'large',
    '--env',
    env,
    '--region',
    'eu-west-1',
    '--yes',
    ...images,
  );
};

test('payloads and templates are in the bucket before they are needed', async () => {
  folder.write(
    'large.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [config, ...names.map(deployment)] }),
  );
  const without = await apply('other');
  expect(without).toMatchObject({ code: 4, stderr: expect.stringContaining("Run 'i2kit env create' first") });
  const { code, stderr } = await apply('default');
  expect([code, stderr]).toEqual([0, expect.stringContaining('default-large is CREATE_COMPLETE')]);
  const made = await readStack(clients, 'default-large');
  expect(Object.keys(made.groups)).toHaveLength(names.length);
  const { payloadObject } = JSON.parse(Object.values(made.launchTemplates)[0]?.userData ?? '{}');
  const answer = await fetch(`${emulator.endpoint}/${environment.bucket}/${payloadObject.key}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(payloadObject.sha256);
  const listed = await (
    await fetch(`${emulator.endpoint}/${environment.bucket}?list-type=2&prefix=i2kit/default/templates/`)
  ).text();
  expect(listed).toMatch(/<Key>i2kit\/default\/templates\/[0-9a-f]{64}\.json<\/Key>/);
  expect((await apply('default')).code).toBe(0);
});

test('a review reads payloads that are in the bucket: a privileged container is guarded, another environment is not', async () => {
  const write = (container: object) => {
    const [first = '', ...others] = names;
    const { spec, ...rest } = deployment(first);
    const [main] = spec.template.spec.containers;
    const pod = { ...spec.template.spec, containers: [{ ...main, ...container }] };
    const changed = { ...rest, spec: { ...spec, template: { ...spec.template, spec: pod } } };
    const items = [config, changed, ...others.map(deployment)];
    folder.write('large.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  };
  write({ env: [{ name: 'A', value: '1' }] });
  expect((await apply('default')).code).toBe(0);
  write({ securityContext: { privileged: true } });
  const { code, stderr } = await apply('default');
  expect(code).not.toBe(0);
  expect(stderr).toContain(
    'gains privileges: containers[main] privileged: permissions would widen. To allow it: --allow-rights',
  );
});
