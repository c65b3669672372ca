// Changes each leaf of the objects in many ways, one at a time; always the same ones in the same order.
import { readFileSync } from 'node:fs';
import { objects } from './objects.mjs';

const { definitions } = JSON.parse(readFileSync(new URL('../../../schema/kubernetes.json', import.meta.url), 'utf8'));

const TEXTS = [
  ...[
    '',
    'x',
    'Bad Value',
    'a/b',
    '..',
    '/abs',
    '../up',
    'a.b',
    'A',
    '-x',
    'a_b',
    'x'.repeat(64),
    'x'.repeat(300),
    'é',
    'a=b',
  ],
  ...['0', '1', '-5', '1.5', '50%', '101%', '10.0.0.1', '010.0.0.0/8', '10.0.0.0/8', 'http', 'linux', 'TCP', 'SCTP'],
  ...[
    'None',
    'Always',
    'Never',
    'ClusterFirst',
    'Local',
    'Cluster',
    'NodePort',
    'ClusterIP',
    'ExternalName',
    'Recreate',
  ],
  ...[
    'In',
    'Exists',
    'DoesNotExist',
    'metadata.labels',
    'limits.memory',
    'kubernetes.io/tls',
    'Bidirectional',
    'Localhost',
  ],
];
const NUMBERS = [-1, 0, 1, 2, 7, 79, 80, 511, 512, 65535, 65536, 100000, 2147483647];
const QUANTITIES = ['-1', '0', '1', '1500m', '3', '10Gi', '100k'];
const KEYS = [
  'key',
  'a/b',
  'A b',
  'x'.repeat(64),
  'cpu',
  'memory',
  'nvidia.com/gpu',
  'storage',
  '',
  'kubernetes.io/os',
  '..x',
];

/** What a cluster alone writes, what no template can have, and what is refused here whatever it says. */
const LEFT_OUT = new RegExp(
  [
    '^(apiVersion|kind|status|metadata.namespace)$|^spec.template.spec.resources',
    'managedFields|ephemeralContainers|template.metadata.(ownerReferences|finalizers)|preferredDuring|windowsOptions|seLinuxOptions',
    'podAffinity|resourceClaims|restartPolicyRules|fileKeyRef|clusterTrustBundle|podCertificate|serviceAccountToken|dataSource',
    `volumes\\[\\].(?!name|configMap|secret|emptyDir|projected|downwardAPI|persistentVolumeClaim|hostPath)`,
  ].join('|'),
);

/** A Deployment's pods are looked at leaf by leaf; of others only what differs. */
const SAME_PODS =
  /(?:template\.|^)spec\.(?!restartPolicy|activeDeadlineSeconds|containers\[\]\.name|terminationGracePeriodSeconds)/;
const OWN_PODS = ['CronJob', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController'];

function isLeftOut(kind, leaf) {
  if (
    LEFT_OUT.test(leaf) ||
    (/selfLink|creationTimestamp|resources|podFailurePolicy|successPolicy|jobTemplate\.metadata/.test(leaf) &&
      kind !== 'Deployment' &&
      OWN_PODS.includes(kind))
  )
    return true;
  // A later check of the registry's own, which is not in its validation.
  if (kind === 'ReplicationController' && leaf === 'metadata.generateName') return true;
  if (kind === 'Pod') return leaf.startsWith('spec.') && SAME_PODS.test(leaf);
  return OWN_PODS.includes(kind) && leaf.includes('template.') && SAME_PODS.test(leaf.slice(leaf.indexOf('template.')));
}

function leavesOf(name, path = '', found = []) {
  const visit = (schema, at) => {
    if (schema.$ref) {
      const target = schema.$ref.replace('#/definitions/', '');
      if (definitions[target].properties) leavesOf(target, at, found);
      else found.push([at, target]);
    } else if (schema.items) visit(schema.items, `${at}[]`);
    else if (schema.additionalProperties) visit(schema.additionalProperties, `${at}.*`);
    else found.push([at, schema.type]);
  };
  for (const [key, schema] of Object.entries(definitions[name].properties))
    visit(schema, path === '' ? key : `${path}.${key}`);
  return found;
}

const valuesOf = (type) =>
  ({
    boolean: [true, false],
    integer: NUMBERS,
    Quantity: QUANTITIES,
    IntOrString: [...TEXTS, ...NUMBERS],
    string: TEXTS,
  })[type] ?? [];

/** The places that a leaf's path means: the first items of its first list, and the first one of others. */
function placesOf(leaf, positions) {
  return (leaf.includes('[]') ? positions : [0]).map((position) =>
    leaf
      .replace('[]', `[${position}]`)
      .split('.')
      .flatMap((part) => {
        const [, name, items] = /^([^[]*)(.*)$/.exec(part);
        return [name, ...[...items.matchAll(/\[(\d*)\]/g)].map(([, index]) => Number(index || 0))];
      }),
  );
}

/** A copy with one value changed; undefined removes it. Undefined where a list has no such place. */
function changed(at, [step, ...rest], value) {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = at ?? [];
    if (step > list.length) return undefined;
    return Object.assign([...list], { [step]: changed(list[step], rest, value) });
  }
  const { [step]: before, ...others } = at ?? {};
  const after = changed(before, rest, value);
  return after === undefined ? others : Object.fromEntries([...Object.entries(others), [step, after]]);
}

/** Whether what holds the place is there; a map or a list need not be. */
function isAmid(object, place) {
  const holder = place.slice(
    0,
    place.findLastIndex((step) => typeof step === 'string' && step !== '*'),
  );
  return holder.reduce((at, step) => at?.[step], object) !== undefined;
}

/** A part that is not there mostly lacks something else then, whatever the one field of it says: a few values show that. */
const few = (values) => values.filter((_, index) => index % 20 === Math.min(5, values.length - 1));

/** `[name, objects]`: what is done in one place, and the objects that it makes. */
export function* changes() {
  for (const [variant, kinds] of Object.entries(objects)) {
    for (const [kind, object] of Object.entries(kinds)) {
      const emptied = new Set();
      yield [`${kind} ${variant}`, [object]];
      for (const [leaf, type] of leavesOf(kind)) {
        if (isLeftOut(kind, leaf)) continue;
        for (const place of placesOf(leaf, variant === 'full' ? [0, 1] : [0])) {
          const name = `${kind} ${variant} ${place.join(' ')}`;
          const isMap = place.at(-1) === '*';
          const keys = isMap ? KEYS.map((key) => [...place.slice(0, -1), key]) : [place];
          const all = valuesOf(type).filter((_, index) => !isMap || index < 8);
          const values = isAmid(object, place) ? all : few(all);
          yield [
            name,
            keys
              .flatMap((steps) => values.map((value) => changed(object, steps, value)))
              .filter((made) => made !== undefined),
          ];
          if (variant !== 'full' || isMap) continue;
          // What leads to the leaf, left out or empty, once each.
          const parts = place
            .flatMap((step, index) => (index > 0 && typeof step === 'string' ? [place.slice(0, index + 1)] : []))
            .filter((part) => !emptied.has(part.join(' ')) && emptied.add(part.join(' ')));
          if (parts.length === 0) continue;
          yield [
            `${name} without`,
            parts.flatMap((part) => [undefined, {}, []].map((value) => changed(object, part, value))),
          ];
        }
      }
    }
  }
}
