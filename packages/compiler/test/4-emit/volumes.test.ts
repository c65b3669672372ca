// What a claim becomes, by its class.
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { claim, inPod, storageClass, withFields } from '../helpers/objects.ts';

const user = inPod({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'web' } }] });

function made(klass: Readonly<Record<string, unknown>> | undefined, changes: Readonly<Record<string, unknown>> = {}) {
  const named = klass === undefined ? {} : { 'spec.storageClassName': 'fast' };
  const objects: readonly JsonObject[] = [
    user,
    withFields(claim, { ...named, ...changes }),
    ...(klass === undefined ? [] : [withFields(storageClass, klass)]),
  ];
  const sources = objects.map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1' } });
  const codes = result.diagnostics
    .map(({ code }) => code as string)
    .filter((code) => !['I2K702', 'I2K511'].includes(code));
  if (!result.ok) return { codes };
  const { Tags: _, ...properties } = JSON.parse(
    JSON.stringify(result.stacks[0]?.template.Resources['WebVolume']),
  ).Properties;
  const { DeletionPolicy, UpdateReplacePolicy } = result.stacks[0]?.template.Resources['WebVolume'] ?? {};
  return { codes, properties, policies: [DeletionPolicy, UpdateReplacePolicy] };
}

const usual = { AvailabilityZone: 'eu-west-1a', Encrypted: true };

it('without a class it is an encrypted gp3 volume, of which a snapshot remains', () => {
  expect(made(undefined)).toEqual({
    codes: [],
    properties: { ...usual, Size: 1, VolumeType: 'gp3' },
    policies: ['Snapshot', 'Snapshot'],
  });
});

it('its class says type, speed, key and what remains', () => {
  const parameters = { type: 'io2', iopsPerGB: '100', kmsKeyId: 'alias/disks', encrypted: 'true' };
  const { codes, properties, policies } = made(
    { parameters, reclaimPolicy: 'Retain' },
    { 'spec.resources.requests.storage': '50Gi' },
  );
  expect(codes).toEqual([]);
  expect(properties).toEqual({ ...usual, Size: 50, VolumeType: 'io2', Iops: 5000, KmsKeyId: 'alias/disks' });
  expect(policies).toEqual(['RetainExceptOnCreate', 'Retain']);
});

it('a name of an EBS type is enough of a class; another one that is not there is said', () => {
  const st1 = made(undefined, { 'spec.storageClassName': 'st1', 'spec.resources.requests.storage': '200Gi' });
  expect([st1.codes, st1.properties.VolumeType]).toEqual([[], 'st1']);
  const standard = made(undefined, { 'spec.storageClassName': 'standard' });
  expect([standard.codes, standard.properties.VolumeType]).toEqual([['I2K514'], 'gp3']);
});

it("another cloud's class is said, and nothing of it is read", () => {
  const { codes, properties } = made({
    provisioner: 'pd.csi.storage.gke.io',
    parameters: { type: 'pd-ssd', throughput: '9' },
  });
  expect([codes, properties]).toEqual([['I2K514'], { ...usual, Size: 1, VolumeType: 'gp3' }]);
});

it('the default class counts where none is named', () => {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
  const { properties } = made(
    { metadata: { name: 'fast', annotations }, parameters: { type: 'gp2' } },
    { 'spec.storageClassName': undefined },
  );
  expect(properties.VolumeType).toBe('gp2');
});

it('its class may bind it to zones, and its pod to others', () => {
  const allowedTopologies = [
    { matchLabelExpressions: [{ key: 'topology.ebs.csi.aws.com/zone', values: ['eu-west-1c', 'eu-west-1b'] }] },
  ];
  expect(made({ allowedTopologies }).properties.AvailabilityZone).toBe('eu-west-1b');
});

it('it may be made from a snapshot that an annotation names', () => {
  const dataSource = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'before' };
  expect(made(undefined, { 'spec.dataSource': dataSource }).codes).toEqual(['I2K446']);
  const annotations = { 'i2kit.dev/snapshot-id': 'snap-0123456789abcdef0' };
  expect(
    made(undefined, { 'spec.dataSource': dataSource, 'metadata.annotations': annotations }).properties.SnapshotId,
  ).toBe('snap-0123456789abcdef0');
  expect(made(undefined, { 'spec.dataSource': { kind: 'PersistentVolumeClaim', name: 'other' } }).codes).toEqual([
    'I2K446',
  ]);
});

it.each([
  ['a size below the least', { type: 'st1' }, '100Gi'],
  ['a size above the most', { type: 'gp2' }, '17Ti'],
  ['too many operations', { type: 'gp3', iops: '100000' }, '1Ti'],
  ['more operations than so small a disk makes', { type: 'gp3', iops: '5000' }, '4Gi'],
  ['no number of operations where there must be one', { type: 'io1' }, '100Gi'],
  ['operations where there is no such number', { type: 'gp2', iops: '3000' }, '100Gi'],
  ['too much throughput', { type: 'gp3', throughput: '3000' }, '100Gi'],
  ['more throughput than so few operations make', { type: 'gp3', throughput: '1000' }, '100Gi'],
])('%s is refused', (_, parameters, storage) => {
  expect(made({ parameters }, { 'spec.resources.requests.storage': storage }).codes).toEqual(['I2K491']);
});

it("a Job's machines, and no others, may be given its disk", () => {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'load' },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'load', image: 'load', volumeMounts: [{ name: 'd', mountPath: '/d' }] }],
          volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'web' } }],
        },
      },
    },
  };
  const sources = [job, claim].map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1' } });
  const resources = Object.entries(
    JSON.parse(JSON.stringify(result.ok && result.stacks[0]?.template.Resources)) as Record<string, JsonObject>,
  );
  const machines = resources.filter(([, { Type }]) => Type === 'AWS::EC2::Instance').map(([id]) => id);
  const role = JSON.stringify(resources.find(([, { Type }]) => Type === 'AWS::IAM::Role'));
  expect(machines).toHaveLength(1);
  expect(role).toContain(`"aws:ResourceTag/aws:cloudformation:logical-id":${JSON.stringify(machines)}`);
});
