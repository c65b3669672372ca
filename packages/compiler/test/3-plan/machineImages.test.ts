// Images that the lock knows: found by what they are made of, and containers named by digest.
import { gunzipSync } from 'node:zlib';
import { componentsOf } from '../../src/image/index.ts';
import { compile, imageBaseOf, imageKey, type Lock } from '../../src/index.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers: [{name: prepare, image: 'busybox:1.36'}]
      containers: [{name: web, image: 'ghcr.io/acme/web:2'}, {name: side, image: 'ghcr.io/acme/side:1'}]
`;
const sources = [{ name: 'web.yaml', text }];
const images = {
  ...Object.fromEntries(componentsOf(imageBaseOf()).map((reference) => [reference, digest('0')])),
  'busybox:1.36': digest('b'),
  'ghcr.io/acme/web:2': digest('c'),
  'ghcr.io/acme/side:1': digest('d'),
};
const unbuilt: Lock = { version: 1, images, versions: { 'agent-amd64': digest('1') } };

function compiled(lock: Lock, config: object = { region: 'eu-west-1' }) {
  const result = compile(sources, { app: 'a', env: 'b', lock, config });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}
const key = (lock: Lock) => {
  const [group] = compiled(lock).plan.groups;
  return (group && imageKey(group, lock, imageBaseOf())) ?? '';
};
const codes = (result: { diagnostics: readonly { code: string }[] }) => result.diagnostics.map(({ code }) => code);

test('an image that was built is found by its key, in the region', () => {
  const amis = { [key(unbuilt)]: { 'eu-west-1': 'ami-00000001', 'us-east-1': 'ami-00000002' } };
  const here = compiled({ ...unbuilt, amis });
  expect(here.plan.groups[0]?.image).toBe('ami-00000001');
  expect(codes(here)).not.toContain('I2K702');
  expect(here.lock).toEqual({ ...unbuilt, amis });
  // No region: the template may be used in each that has one.
  expect(compiled({ ...unbuilt, amis }, {}).plan.groups[0]?.image).toEqual(amis[key(unbuilt)]);
  // Not in this region, or of other bytes.
  expect(codes(compiled({ ...unbuilt, amis }, { region: 'eu-north-1' }))).toContain('I2K702');
  expect(codes(compiled({ ...unbuilt, amis, versions: { 'agent-amd64': digest('2') } }))).toContain('I2K702');
  expect(codes(compiled({ ...unbuilt, amis }, { region: 'eu-west-1', boot: 'bios' }))).toContain('I2K702');
});

test('what the user names wins', () => {
  const amis = { [key(unbuilt)]: { 'eu-west-1': 'ami-00000001' } };
  const config = { region: 'eu-west-1', images: { web: 'ami-0a1b2c3d' } };
  expect(compiled({ ...unbuilt, amis }, config).plan.groups[0]?.image).toBe('ami-0a1b2c3d');
});

test('the payload names containers by digest, and without a lock as the manifest does', () => {
  const names = (lock: Lock) => {
    const { stacks } = compiled(lock);
    const data = JSON.stringify(stacks[0]?.template.Resources['WebTemplate']);
    const payload = /payload[\\"]+:[\\"]+([A-Za-z0-9+/=]+)/.exec(data)?.[1] ?? '';
    const { pod } = JSON.parse(gunzipSync(Buffer.from(payload, 'base64')).toString());
    return [...pod.initContainers, ...pod.containers].map(({ image }: { image: string }) => image);
  };
  expect(names(unbuilt)).toEqual([
    `busybox@${digest('b')}`,
    `ghcr.io/acme/web@${digest('c')}`,
    `ghcr.io/acme/side@${digest('d')}`,
  ]);
  expect(names({ version: 1 })).toEqual(['busybox:1.36', 'ghcr.io/acme/web:2', 'ghcr.io/acme/side:1']);
});
