// Objects made from the schema, the same ones at every run: what nobody would think of writing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { kinds, definitions } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../schema/kubernetes.json'), 'utf8'),
);

let state = 20_260_101;
const random = () => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};
const pick = (list) => list[Math.floor(random() * list.length)];

const QUANTITIES = [
  '500m',
  '1',
  '2Gi',
  '128Mi',
  '100M',
  '0',
  '1500m',
  '64Ki',
  '3e3',
  2,
  0.5,
  '0.5',
  '1024Mi',
  '0.0001',
];
const WORDS = ['a', 'b', 'web', ''];

/** Values that a default hangs on, by field. */
const CHOICES = {
  'DeploymentStrategy.type': ['RollingUpdate', 'Recreate', ''],
  'StatefulSetUpdateStrategy.type': ['RollingUpdate', 'OnDelete', ''],
  'DaemonSetUpdateStrategy.type': ['RollingUpdate', 'OnDelete', ''],
  'ServicePort.port': [80, 443],
  'ServiceSpec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', ''],
  'ServiceSpec.sessionAffinity': ['None', 'ClientIP', ''],
  'LimitRangeItem.type': ['Container', 'Pod'],
  'Container.image': ['nginx', 'nginx:1', 'localhost:5000/a', 'a:latest'],
  'ImageVolumeSource.reference': ['nginx', 'nginx:1'],
  'Container.restartPolicy': ['Always', 'OnFailure'],
};

/** Fields that would only make the data long: nothing below them is defaulted, or nobody sets them. */
const SKIPPED = new Set([
  'status',
  'managedFields',
  'affinity',
  'topologySpreadConstraints',
  'ownerReferences',
  'tolerations',
  'dnsConfig',
  'metrics',
  'seccompProfile',
]);

function value(schema, where, depth) {
  if (CHOICES[where]) return pick(CHOICES[where]);
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    if (name === 'Quantity') return pick(QUANTITIES);
    if (name === 'IntOrString') return pick([0, 1, 8080, '25%', 'web', '']);
    if (name === 'Time') return '2026-01-01T00:00:00Z';
    return object(name, depth + 1);
  }
  if (schema.type === 'array') return Array.from({ length: pick([0, 1, 1, 2]) }, () => value(schema.items, '', depth));
  if (schema.type === 'object')
    return Object.fromEntries(
      Array.from({ length: pick([0, 1, 2]) }, () => [
        pick(['cpu', 'memory', 'x']),
        value(schema.additionalProperties, '', depth),
      ]),
    );
  if (schema.type === 'boolean') return random() < 0.5;
  if (schema.type === 'integer' || schema.type === 'number') return pick([0, 1, 2, 30]);
  return schema.format === 'byte' ? 'YQ==' : pick(WORDS);
}

/** Most of a pod is optional and few fields of it are set, so the deeper, the fewer; what is required stays. */
function object(name, depth) {
  const { properties, required = [] } = definitions[name];
  const odds = Math.max(0.12, 0.5 - depth * 0.06);
  const fields = Object.entries(properties).flatMap(([key, schema]) => {
    const isStruct = typeof schema.default === 'object';
    if (SKIPPED.has(key) || (!required.includes(key) && !isStruct && random() > odds)) return [];
    if (!required.includes(key) && random() < 0.05) return [[key, null]];
    return [[key, value(schema, `${name}.${key}`, depth)]];
  });
  return Object.fromEntries(fields);
}

/** As many of each kind. */
export const randomCases = (each) =>
  Object.entries(kinds).flatMap(([kind, apiVersion]) =>
    Array.from({ length: each }, () => ({ ...object(kind, 0), apiVersion, kind })),
  );

/** Nothing but what says which kind it is, where all that is held by value appears. */
export const bareCases = Object.entries(kinds).map(([kind, apiVersion]) => ({ apiVersion, kind }));
