// The built command line over a wire that breaks: each of an app's operations, with a fault at sampled calls, ends as it would have
// without one. In the long mode, at every call.
import { jest } from '@jest/globals';
import { type AwsClients, awsClients } from '../judges/aws.ts';
import { seedEnvironment } from '../judges/environment.ts';
import { type Peer, startPeer } from '../judges/peer.ts';
import { readBack } from '../judges/readBack.ts';
import { describeStack, stackEvents } from '../judges/stack.ts';
import { type Folder, folderOf, type Ran } from './cli.ts';
import { startWire, type Wire, wireFaults } from './wire.ts';

jest.setTimeout(3_600_000);

let peer: Peer;
let clients: AwsClients;
let wire: Wire;
let folder: Folder;
const stack = 'default-one';

const manifest = (value: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: one}
spec:
  selector: {matchLabels: {app: one}}
  template:
    metadata: {labels: {app: one}}
    spec:
      containers: [{name: one, image: 'example/one:1', env: [{name: VALUE, value: ${value}}], volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

beforeAll(async () => {
  peer = await startPeer();
  clients = awsClients(peer.endpoint);
  await seedEnvironment(clients);
  wire = await startWire(peer.endpoint);
  folder = folderOf(wire.endpoint);
});
afterAll(async () => {
  console.info(`${wire.spoiled()} calls were spoiled, in ${wireFaults.length} ways`);
  folder?.remove();
  await wire?.stop();
  clients?.destroy();
  await peer?.stop();
});

const named = ['--app', 'one', '--region', 'eu-west-1'];
const apply = (value: string) => {
  folder.write('one.yaml', manifest(value));
  return () => folder.run('apply', '-f', 'one.yaml', ...named, '--image', 'one=ami-0123456789abcdef0', '--yes');
};
const volumes = async () => Object.values((await readBack(clients, stack)).volumes).map((each) => each.VolumeId);

/** Where a fault hits: somewhere, other for each fault, and at the call that begins the operation. */
function sampled(calls: readonly string[], at: number): readonly number[] {
  if (process.env['I2KIT_TEST_LONG'] === '1') return calls.map((_, index) => index);
  const begins = calls.findIndex((call) => call === 'ExecuteChangeSet' || call === 'DeleteStack');
  return [...new Set([Math.floor((calls.length * (at + 0.5)) / wireFaults.length), begins])];
}

/** Ends as it should, at once or when run again; a change set is executed by its ARN, and once. */
async function kept(run: () => Promise<Ran>, index: number, fault: (typeof wireFaults)[number]): Promise<void> {
  wire.spoil(index, fault);
  const first = await run();
  const where = `${fault} at call ${index} (${wire.calls[index]})`;
  wire.spoil(-1);
  // A command may give up where nothing was begun; then it has said so, and the same command again does it.
  if (first.code !== 0) expect([where, first.code, first.stderr]).toEqual([where, 3, expect.anything()]);
  const again = first.code === 0 ? first : await run();
  expect([where, again.code, again.code === 0 ? '' : again.stderr]).toEqual([where, 0, '']);
}

/** How often an operation was begun, as CloudFormation's own events tell. */
const begun = async (verb: string) =>
  (await stackEvents(clients, stack)).filter(
    (each) => each.LogicalResourceId === stack && each.ResourceStatus === `${verb}_IN_PROGRESS` && each.ResourceStatusReason !== undefined,
  ).length;

test.each(wireFaults.map((fault, at) => [fault, at] as const))('%s', async (fault, at) => {
  wire.spoil(-1);
  expect(await apply('plain')()).toMatchObject({ code: 0 });
  const creates = [...wire.calls];
  wire.spoil(-1);
  expect(await apply('changed')()).toMatchObject({ code: 0 });
  const updates = [...wire.calls];
  const disk = await volumes();
  for (const [turn, index] of sampled(updates, at).entries()) {
    const before = await begun('UPDATE');
    await kept(apply(`${fault}-${turn}`), index, fault);
    expect((await describeStack(clients, stack)).status).toBe('UPDATE_COMPLETE');
    expect(await begun('UPDATE')).toBe(before + 1);
    expect(await volumes()).toEqual(disk);
  }
  const destroy = () => folder.run('destroy', ...named, '--yes');
  wire.spoil(-1);
  expect(await destroy()).toMatchObject({ code: 0 });
  const deletes = [...wire.calls];
  for (const index of sampled(creates, at)) {
    await kept(apply('made'), index, fault);
    expect((await describeStack(clients, stack)).status).toBe('CREATE_COMPLETE');
    for (const where of sampled(deletes, at).slice(0, 1)) await kept(destroy, where, fault);
    await expect(describeStack(clients, stack)).rejects.toThrow();
  }
});
