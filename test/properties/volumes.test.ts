// No template loses a volume without permission: whatever is scaled, renamed, removed and restored, the lock keeps
// each volume in place.
import { compile, type Lock } from '@i2kit/compiler';
import fc from 'fast-check';

interface StatefulSetInput {
  readonly name: string;
  readonly replicas: number;
  readonly start: number;
  /** Names of its claim templates. */
  readonly templates: readonly string[];
}

const labels = { app: 'x' };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '3Gi' } } };
const pod = { containers: [{ name: 'main', image: 'a:1' }] };

const objectOf = ({ name, replicas, start, templates }: StatefulSetInput): object => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: {
    replicas,
    ...(start === 0 ? {} : { ordinals: { start } }),
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: pod },
    volumeClaimTemplates: templates.map((template) => ({ metadata: { name: template }, spec: claim })),
  },
});

function compiledSets(sets: readonly StatefulSetInput[], lock: Lock | undefined, zones: number, pruneVolumes = false) {
  const sources = sets.map((set) => ({ name: `${set.name}.json`, text: JSON.stringify(objectOf(set)) }));
  const config = { region: 'eu-west-1', network: { zones } };
  const result = compile(sources, { app: 'shop', env: 'default', config, pruneVolumes, ...(lock && { lock }) });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return {
    lock: result.lock,
    disks: disksIn(result.stacks[0]?.template.Resources ?? {}),
    findings: result.diagnostics,
  };
}

/** Properties whose change would replace a volume, by its id. */
const disksIn = (
  resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(resources)
      .filter(([, { Type }]) => Type === 'AWS::EC2::Volume')
      .map(([id, resource]) => {
        const { Tags: _, ...properties } = resource.Properties as { readonly Tags: unknown };
        return [id, JSON.stringify(properties)];
      }),
  );

/** The sets of an app at one time; a name may be removed and restored with the same templates. */
const templatesOf: Readonly<Record<string, readonly string[]>> = {
  a: ['data'],
  b: ['data', 'log'],
  'a-0': ['data'],
  c: [],
};
const moment = fc.record({
  sets: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...Object.keys(templatesOf)),
      replicas: fc.nat(4),
      start: fc.constantFrom(0, 0, 0, 2),
    }),
    { selector: ({ name }) => name, maxLength: 3 },
  ),
  // The environment may gain zones: existing volumes do not move.
  zones: fc.integer({ min: 1, max: 4 }),
});

test('scaled, renamed, taken out and put back, each disk stays as it is', () => {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 2, maxLength: 6 }), (moments) => {
      let lock: Lock | undefined;
      let before: Record<string, string> = {};
      for (const { sets, zones } of moments) {
        const now = compiledSets(
          sets.map((set) => ({ ...set, templates: templatesOf[set.name] ?? [] })),
          lock,
          zones,
        );
        expect(now.disks).toMatchObject(before);
        ({ lock } = now);
        before = now.disks;
      }
    }),
    { numRuns: 200 },
  );
});

const db = { name: 'db', replicas: 3, start: 0, templates: ['data'] };

test('what is kept is said, with what it costs', () => {
  const first = compiledSets([db], undefined, 2);
  const scaled = compiledSets([{ ...db, replicas: 1 }], first.lock, 2);
  expect(scaled.disks).toEqual(first.disks);
  const said = scaled.findings.filter(({ code }) => code === 'I2K656').map(({ message }) => message);
  expect(said).toEqual([
    'PersistentVolumeClaim/default/data-db-1 is retained, though no machine mounts it: 3 GiB of gp3 in eu-west-1b, about $0.26 a month',
    'PersistentVolumeClaim/default/data-db-2 is retained, though no machine mounts it: 3 GiB of gp3 in eu-west-1a, about $0.26 a month',
  ]);
});

test('only with the permission they go, out of the lock, too', () => {
  const first = compiledSets([db], undefined, 2);
  const pruned = compiledSets([{ ...db, replicas: 1 }], first.lock, 2, true);
  expect(Object.keys(pruned.disks)).toHaveLength(1);
  expect(Object.keys(pruned.lock.volumes?.['default-shop'] ?? {})).toEqual(['PersistentVolumeClaim/default/data-db-0']);
});

test("another environment's disks, and another app's, are no business of this stack", () => {
  const first = compiledSets([db], undefined, 2);
  const source = { name: 'db.json', text: JSON.stringify(objectOf({ ...db, replicas: 1 })) };
  for (const [app, env] of [
    ['shop', 'staging'],
    ['other', 'default'],
  ] as const) {
    const result = compile([source], { app, env, config: { region: 'us-east-1' }, lock: first.lock });
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(Object.keys(disksIn(result.stacks[0]?.template.Resources ?? {}))).toHaveLength(1);
    expect(result.lock.volumes?.['default-shop']).toEqual(first.lock.volumes?.['default-shop']);
    expect(Object.values(result.lock.volumes?.[`${env}-${app}`] ?? {}).map(({ zone }) => zone)).toEqual(['us-east-1a']);
  }
});

test('the StatefulSet itself may say that they go with it', () => {
  const policy = (whenScaled: string, whenDeleted: string, replicas: number) => ({
    name: 'db.json',
    text: JSON.stringify(objectOf({ ...db, replicas })).replace(
      '"spec":{"replicas"',
      `"spec":{"persistentVolumeClaimRetentionPolicy":${JSON.stringify({ whenScaled, whenDeleted })},"replicas"`,
    ),
  });
  const config = { region: 'eu-west-1' };
  const keys = (...args: Parameters<typeof compile>) => {
    const result = compile(...args);
    return result.ok
      ? {
          lock: result.lock,
          keys: Object.keys(result.lock.volumes?.['default-shop'] ?? {}).map((key) => key.split('/')[2]),
        }
      : { keys: [] };
  };
  const options = { app: 'shop', env: 'default', config };
  const three = keys([policy('Delete', 'Retain', 3)], options);
  expect(keys([policy('Delete', 'Retain', 1)], { ...options, lock: three.lock as Lock }).keys).toEqual(['data-db-0']);
  expect(keys([], { ...options, lock: three.lock as Lock }).keys).toEqual(['data-db-0', 'data-db-1', 'data-db-2']);
  const goes = keys([policy('Retain', 'Delete', 3)], options);
  expect(keys([policy('Retain', 'Delete', 1)], { ...options, lock: goes.lock as Lock }).keys).toHaveLength(3);
  expect(keys([], { ...options, lock: goes.lock as Lock }).keys).toEqual([]);
});

describe('a disk that the lock knows', () => {
  const sized = (storage: string, more: object = {}): object => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'disk', ...more },
    spec: { ...claim, resources: { requests: { storage } }, storageClassName: 'fast' },
  });
  const klass = (more: object = {}): object => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'ebs.csi.aws.com',
    allowVolumeExpansion: true,
    ...more,
  });
  const user = (spec: object = {}): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { ...pod, ...spec, volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'disk' } }] },
      },
    },
  });
  const codes = (objects: readonly object[], lock?: Lock) => {
    const sources = objects.map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
    const result = compile(sources, {
      app: 'shop',
      env: 'default',
      config: { region: 'eu-west-1' },
      ...(lock && { lock }),
    });
    const known = result.diagnostics.map(({ code }) => code as string).filter((code) => /^I2K65|I2K515/.test(code));
    return { known, lock: result.ok ? result.lock : undefined };
  };
  const { lock } = codes([sized('10Gi'), klass(), user()]);
  const then = (...objects: readonly object[]) => codes(objects, lock).known;

  test('grows, where its class lets it', () => {
    expect(then(sized('20Gi'), klass(), user())).toEqual(['I2K655']);
    expect(then(sized('20Gi'), klass({ allowVolumeExpansion: false }), user())).toEqual(['I2K653']);
  });

  test('never shrinks, moves or is made anew', () => {
    expect(then(sized('5Gi'), klass(), user())).toEqual(['I2K651']);
    expect(
      then(sized('10Gi'), klass(), user({ nodeSelector: { 'topology.kubernetes.io/zone': 'eu-west-1c' } })),
    ).toEqual(['I2K652']);
    expect(then(sized('10Gi'), klass({ parameters: { kmsKeyId: 'alias/mine' } }), user())).toEqual(['I2K652']);
    const annotations = { 'i2kit.dev/snapshot-id': 'snap-0123456789abcdef0' };
    expect(then(sized('10Gi', { annotations }), klass(), user())).toEqual(['I2K652']);
  });

  test('stays where its claim is not mounted any more, and where it is gone', () => {
    expect(then(sized('10Gi'), klass())).toEqual(['I2K656', 'I2K515']);
    expect(then(klass())).toEqual(['I2K656']);
  });

  test('of a claim template is not made otherwise, and its template not left out', () => {
    const set = (storage: string, templates: readonly string[]) => ({
      ...(objectOf({ ...db, replicas: 1 }) as { readonly spec: object }),
      spec: {
        ...(objectOf({ ...db, replicas: 1 }) as { readonly spec: object }).spec,
        volumeClaimTemplates: templates.map((name) => ({
          metadata: { name },
          spec: { ...claim, resources: { requests: { storage } } },
        })),
      },
    });
    const first = codes([set('3Gi', ['data'])]).lock as Lock;
    expect(codes([set('4Gi', ['data'])], first).known).toEqual(['I2K650']);
    expect(codes([set('3Gi', [])], first).known).toEqual(['I2K650']);
    // A claim of the volume's own name describes it.
    const own = { ...sized('4Gi'), metadata: { name: 'data-db-0' } };
    expect(codes([set('3Gi', ['data']), own, klass()], first).known).toEqual(['I2K655']);
  });

  test('and a zone that nothing leaves is an error', () => {
    const there = klass({
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['eu-west-1a'] }] }],
    });
    expect(
      codes([sized('10Gi'), there, user({ nodeSelector: { 'topology.kubernetes.io/zone': 'eu-west-1c' } })]).known,
    ).toEqual(['I2K654']);
  });
});
