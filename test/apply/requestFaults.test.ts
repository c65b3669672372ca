// The built command line over a faulty connection: each operation of an app, with a fault at sampled calls, ends as
// it would without one. In the long mode, at every call.
import { jest } from '@jest/globals';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { readStack } from '../awsEmulator/readStack.ts';
import { describeStack, readStackEvents } from '../awsEmulator/stack.ts';
import { type CommandResult, createFolder, type WorkingFolder } from '../fixtures/cli.ts';
import { type RequestRecorder, requestFaults, startRequestRecorder } from '../fixtures/requestRecorder.ts';

jest.setTimeout(3_600_000);

let emulator: AwsEmulator;
let clients: AwsClients;
let recorder: RequestRecorder;
let folder: WorkingFolder;
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
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
  await seedEnvironment(clients);
  recorder = await startRequestRecorder(emulator.endpoint);
  folder = createFolder(recorder.endpoint);
});
afterAll(async () => {
  console.info(`${recorder.faultCount()} calls were spoiled, in ${requestFaults.length} ways`);
  folder?.remove();
  await recorder?.stop();
  clients?.destroy();
  await emulator?.stop();
});

const named = ['--app', 'one', '--region', 'eu-west-1'];
const apply = (value: string) => {
  folder.write('one.yaml', manifest(value));
  return () => folder.run('apply', '-f', 'one.yaml', ...named, '--image', 'one=ami-0123456789abcdef0', '--yes');
};
const volumes = async () => Object.values((await readStack(clients, stack)).volumes).map((each) => each.VolumeId);

/** The call that a fault hits: one chosen per fault, and the call that starts the operation. */
function sampledIndices(calls: readonly string[], at: number): readonly number[] {
  if (process.env['I2KIT_TEST_LONG'] === '1') return calls.map((_, index) => index);
  const begins = calls.findIndex((call) => call === 'ExecuteChangeSet' || call === 'DeleteStack');
  return [...new Set([Math.floor((calls.length * (at + 0.5)) / requestFaults.length), begins])];
}

/** Ends as expected, at once or when repeated; a change set is executed by its ARN, and once. */
async function runWithFault(
  run: () => Promise<CommandResult>,
  index: number,
  fault: (typeof requestFaults)[number],
): Promise<void> {
  recorder.injectFault(index, fault);
  const first = await run();
  const where = `${fault} at call ${index} (${recorder.calls[index]})`;
  recorder.injectFault(-1);
  // A command may give up before it has started anything, if it says so; the repeated command then succeeds.
  if (first.code !== 0) expect([where, first.code, first.stderr]).toEqual([where, 3, expect.anything()]);
  const again = first.code === 0 ? first : await run();
  expect([where, again.code, again.code === 0 ? '' : again.stderr]).toEqual([where, 0, '']);
}

/** How often an operation was started, from CloudFormation's events. */
const startOperation = async (verb: string) =>
  (await readStackEvents(clients, stack)).filter(
    (each) =>
      each.LogicalResourceId === stack &&
      each.ResourceStatus === `${verb}_IN_PROGRESS` &&
      each.ResourceStatusReason !== undefined,
  ).length;

test.each(requestFaults.map((fault, at) => [fault, at] as const))('%s', async (fault, at) => {
  recorder.injectFault(-1);
  expect(await apply('plain')()).toMatchObject({ code: 0 });
  const creates = [...recorder.calls];
  recorder.injectFault(-1);
  expect(await apply('changed')()).toMatchObject({ code: 0 });
  const updates = [...recorder.calls];
  const disk = await volumes();
  for (const [turn, index] of sampledIndices(updates, at).entries()) {
    const before = await startOperation('UPDATE');
    await runWithFault(apply(`${fault}-${turn}`), index, fault);
    expect((await describeStack(clients, stack)).status).toBe('UPDATE_COMPLETE');
    expect(await startOperation('UPDATE')).toBe(before + 1);
    expect(await volumes()).toEqual(disk);
  }
  const destroy = () => folder.run('destroy', ...named, '--yes');
  recorder.injectFault(-1);
  expect(await destroy()).toMatchObject({ code: 0 });
  const deletes = [...recorder.calls];
  for (const index of sampledIndices(creates, at)) {
    await runWithFault(apply('made'), index, fault);
    expect((await describeStack(clients, stack)).status).toBe('CREATE_COMPLETE');
    for (const where of sampledIndices(deletes, at).slice(0, 1)) await runWithFault(destroy, where, fault);
    await expect(describeStack(clients, stack)).rejects.toThrow();
  }
});
