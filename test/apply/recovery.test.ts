// Recovery drills, as docs/recovery.md describes them: a stuck rollback, a lost lock file, kept disks of a deleted
// stack, a half-imported machine image.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateSnapshotCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2';
import type { Lock } from '@i2kit/compiler';
import { testWithTools } from '../../packages/image/test/support/tools.ts';
import { readStack } from '../awsEmulator/readStack.ts';
import { createStack, describeStack, updateStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';
import { createFolder } from '../fixtures/cli.ts';
import { requiredTools, startImageFixture } from '../fixtures/imageBuild.ts';
import { startRequestRecorder } from '../fixtures/requestRecorder.ts';

const { emulator, clients, folder } = await startApp();

const manifest = (replicas: number, claim = '') => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: kept}
provisioner: ebs.csi.aws.com
parameters: {type: gp3, throughput: '200'}
reclaimPolicy: Retain
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data${claim}}
spec: {accessModes: [ReadWriteOnce], storageClassName: kept, resources: {requests: {storage: 2Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one}
spec:
  selector: {matchLabels: {app: one}}
  template:
    metadata: {labels: {app: one}}
    spec:
      containers: [{name: one, image: 'example/one:1', volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: set}
spec:
  replicas: ${replicas}
  serviceName: set
  selector: {matchLabels: {app: set}}
  template:
    metadata: {labels: {app: set}}
    spec: {containers: [{name: set, image: 'example/set:1', volumeMounts: [{name: db, mountPath: /db}]}]}
  volumeClaimTemplates:
    - metadata: {name: db}
      spec: {accessModes: [ReadWriteOnce], storageClassName: kept, resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: set}
spec: {clusterIP: None, selector: {app: set}, ports: [{port: 5432}]}
---
${['a', 'b']
  .map(
    (name) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: one}, ports: [{port: 80}]}
---
`,
  )
  .join('')}`;

const named = ['--app', 'drill', '--region', 'eu-west-1'];
const amis = ['--image', 'one=ami-0123456789abcdef0', '--image', 'set=ami-0123456789abcdef0'];
const apply = () => folder.run('apply', '-f', 'drill.yaml', ...named, ...amis, '--yes');
const rebuild = () => folder.run('recover', ...named, '--rebuild-lock');
/** A decision that the stacks do not know. */
const images = { 'nginx:1': `sha256:${'0'.repeat(64)}` };
const lock = (): Lock => JSON.parse(folder.read('i2kit.lock.json')) as Lock;
const lockedVolumes = () => lock().volumes?.['default-drill'] ?? {};
const volumes = async () =>
  Object.values((await readStack(clients, 'default-drill')).volumes).map(({ VolumeId }) => VolumeId);

test('a stuck rollback goes on when its cause is skipped, and the next update succeeds', async () => {
  const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
  const fault = (after: string, ...FailOn: string[]) => ({
    Type: 'I2kit::Test::Fault',
    DependsOn: [after],
    Properties: { FailOn },
  });
  await createStack(clients, 'stuck', { Resources: { Topic: topic('one'), Stuck: fault('Topic', 'update') } });
  const worse = { Resources: { Topic: topic('two'), Stuck: fault('Topic'), Bad: fault('Stuck', 'create') } };
  await expect(updateStack(clients, 'stuck', worse)).rejects.toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED' });
  expect(await folder.run('recover', 'stuck', '--skip', 'Stuck', '--region', 'eu-west-1')).toMatchObject({ code: 0 });
  expect((await describeStack(clients, 'stuck')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  await updateStack(clients, 'stuck', { Resources: { Topic: topic('three'), Stuck: fault('Topic') } });
  expect((await describeStack(clients, 'stuck')).status).toBe('UPDATE_COMPLETE');
});

test('a lost lock file is written again from the deployed stacks', async () => {
  folder.write('drill.yaml', manifest(2));
  expect(await apply()).toMatchObject({ code: 0, stderr: expect.not.stringContaining('error') });
  const written = lock();
  const disks = await volumes();
  expect(disks).toHaveLength(3);
  expect(written.loadBalancers).toEqual({ 'Service/default/a': 1, 'Service/default/b': 2 });
  folder.write('i2kit.lock.json', JSON.stringify({ version: 1, images }));
  const rebuilt = await rebuild();
  expect([rebuilt.code, rebuilt.stderr]).toEqual([
    0,
    expect.stringContaining('from default-drill: 3 volumes, 2 Services'),
  ]);
  expect(lock().images).toEqual(images);
  expect(lock().loadBalancers).toEqual(written.loadBalancers);
  const withoutSet = Object.entries(written.volumes?.['default-drill'] ?? {}).map(
    ([key, { set, template, ...rest }]) => [key, rest],
  );
  expect(lockedVolumes()).toEqual(Object.fromEntries(withoutSet));
  // A claim that nothing mounts any more stays in the stack only because the lock file names its volume.
  folder.write('drill.yaml', manifest(1));
  expect(await apply()).toMatchObject({ code: 0 });
  expect(await volumes()).toEqual(disks);
  expect(Object.keys(lockedVolumes()).sort()).toEqual(Object.keys(Object.fromEntries(withoutSet)).sort());
});

test('the disks that a deleted stack kept are adopted again', async () => {
  const disks = await volumes();
  expect(await folder.run('destroy', ...named, '--yes')).toMatchObject({ code: 0 });
  // The lock file names volumes that are in no stack.
  const rebuilt = await rebuild();
  expect(rebuilt).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('default-drill, which does not exist: 0 volumes'),
  });
  for (const id of disks) expect(rebuilt.stderr).toContain(`${id} (`);
  expect(rebuilt.stderr).toContain('2 GiB, of PersistentVolumeClaim/default/data');
  expect(lockedVolumes()).toEqual({});
  const { Volumes = [] } = await clients.ec2.send(new DescribeVolumesCommand({}));
  const kept = Volumes.find(({ Size, VolumeId }) => Size === 2 && disks.includes(VolumeId));
  const { SnapshotId = '' } = await clients.ec2.send(new CreateSnapshotCommand({ VolumeId: kept?.VolumeId }));
  const text = manifest(1).replace('name: data}', `name: data, annotations: {i2kit.dev/snapshot-id: ${SnapshotId}}}`);
  const adopted = text.replace(
    'storageClassName: kept, resources: {requests: {storage: 2Gi}}',
    'storageClassName: kept, resources: {requests: {storage: 2Gi}}, dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: data}',
  );
  folder.write('drill.yaml', adopted);
  const applied = await apply();
  expect([applied.code, applied.stderr]).toEqual([0, expect.anything()]);
  const made = (await readStack(clients, 'default-drill')).volumes;
  expect(Object.values(made).map((each) => [each.Size, each.SnapshotId])).toContainEqual([2, SnapshotId]);
  expect(lockedVolumes()['PersistentVolumeClaim/default/data']).toMatchObject({ snapshot: SnapshotId });
});

test('without the app, a lock file is not written', async () => {
  expect(await folder.run('recover', 'default-drill', '--rebuild-lock', '--region', 'eu-west-1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--rebuild-lock needs the app'),
  });
});

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'acme/web:v1'}]}
`;

const importedSnapshots = async () => {
  const Filters = [{ Name: 'tag-key', Values: ['i2kit:key'] }];
  const { Snapshots = [] } = await clients.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters }));
  return Snapshots;
};
const importedImages = async () => {
  const { Images = [] } = await clients.ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  return Images.filter(({ Name }) => Name?.startsWith('i2kit-'));
};

testWithTools(...requiredTools)('a half-imported machine image is finished by the same command', async () => {
  const fixture = await startImageFixture();
  const recorder = await startRequestRecorder(emulator.endpoint);
  const other = createFolder(recorder.endpoint, undefined, fixture.env);
  const words = [
    'image',
    'push',
    '-f',
    'web.yaml',
    '--app',
    'half',
    '--region',
    'eu-west-1',
    '--mirror',
    fixture.mirror,
  ];
  try {
    fixture.push('acme/web:v1', 'one');
    other.write('web.yaml', workload);
    const killed = other.start(...words);
    let isOver = false;
    void killed.ended.then(() => {
      isOver = true;
    });
    // The first block of the disk is on its way.
    while (!recorder.calls.includes('PUT') && !isOver) await sleep(1);
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ code: null });
    const half = await importedSnapshots();
    expect(half).toHaveLength(1);
    expect(await importedImages()).toEqual([]);
    expect(await other.run(...words)).toMatchObject({ code: 0, stderr: expect.stringContaining('resuming with') });
    expect((await importedImages()).map(({ State }) => State)).toEqual(['available']);
    const whole = await importedSnapshots();
    expect(whole.map(({ SnapshotId, State }) => [SnapshotId, State])).toEqual([[half[0]?.SnapshotId, 'completed']]);
  } finally {
    other.remove();
    fixture.stop();
    await recorder.stop();
  }
});
