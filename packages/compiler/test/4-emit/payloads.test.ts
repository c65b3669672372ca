// Payloads too large for user data: each workload has a folder of its own, and its role reads that folder alone.
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { deployment, withFields } from '../helpers/objects.ts';

const noise = Array.from({ length: 3000 }, (_, position) => `${(position * 2654435761) % 4294967296}`).join(' ');
const map: JsonObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data: { noise } };
const large = (name: string, changes: Readonly<Record<string, unknown>> = {}): JsonObject =>
  withFields(deployment, {
    'metadata.name': name,
    'spec.selector.matchLabels.app': name,
    'spec.template.metadata.labels.app': name,
    'spec.template.spec.volumes': [{ name: 'v', configMap: { name: 'large' } }],
    'spec.template.spec.containers[0].volumeMounts': [{ name: 'v', mountPath: '/v' }],
    ...changes,
  });

/** The prefix that each role reads, and the keys that machines read. */
function payloadsOf(app: string, ...objects: readonly JsonObject[]) {
  const sources = [map, ...objects].map((object, position) => ({
    name: `${position}.json`,
    text: JSON.stringify(object),
  }));
  const result = compile(sources, { app, env: 'prod', config: { region: 'eu-west-1' } });
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  const [stack] = result.stacks;
  const text = JSON.stringify(stack?.template);
  return {
    read: [...text.matchAll(/s3:::\$\{Bucket\}\/([^"*]*)\*"/g)].map(([, prefix = '']) => prefix).sort(),
    keys: (stack?.assets ?? []).map(({ key }) => key).sort(),
  };
}

it('a role reads the payloads of its own workload, and no others', () => {
  const { read, keys } = payloadsOf(
    'shop',
    large('web'),
    large('web-admin'),
    large('small', {
      'spec.template.spec.volumes': undefined,
      'spec.template.spec.containers[0].volumeMounts': undefined,
    }),
  );
  expect(read).toEqual(['i2kit/prod/payloads/shop/WebAdminGroup/', 'i2kit/prod/payloads/shop/WebGroup/']);
  expect(keys.map((key) => key.replace(/[0-9a-f]{64}$/, ''))).toEqual(read);
});

it('a role still reads the payload of the machines that a roll replaces, and no payload of another app', () => {
  const before = payloadsOf('shop', large('web'));
  const after = payloadsOf('shop', large('web', { 'spec.template.spec.containers[0].args': ['--new'] }));
  expect(after.keys).not.toEqual(before.keys);
  expect(after.read).toEqual(before.read);
  const [key = ''] = before.keys;
  expect(after.read.filter((prefix) => key.startsWith(prefix))).toHaveLength(1);
  const other = payloadsOf('shop-admin', large('web'));
  expect(other.read.filter((prefix) => key.startsWith(prefix))).toEqual([]);
});
