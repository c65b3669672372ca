// Waiting for machines: detached, resumed, interrupted, timed out, concurrent, and failed.
import { SignalResourceCommand } from '@aws-sdk/client-cloudformation';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { readStack } from '../awsEmulator/readStack.ts';
import { describeStack, readStackEvents } from '../awsEmulator/stack.ts';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';

let emulator: AwsEmulator;
let clients: AwsClients;
let folder: WorkingFolder;
const stack = 'default-one';
const ami = 'one=ami-0123456789abcdef0';

const manifest = (value: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: one}
spec:
  selector: {matchLabels: {app: one}}
  template:
    metadata: {labels: {app: one}}
    spec: {containers: [{name: one, image: 'example/one:1', env: [{name: VALUE, value: ${value}}]}]}
`;

beforeAll(async () => {
  emulator = await startAwsEmulator({ signals: 'wait' });
  clients = awsClients(emulator.endpoint);
  await seedEnvironment(clients);
});
beforeEach(async () => {
  folder = createFolder(emulator.endpoint);
  folder.write('one.yaml', manifest('first'));
});
afterEach(() => folder.remove());
afterAll(async () => {
  clients?.destroy();
  await emulator?.stop();
});

const words = (...flags: readonly string[]) => [
  'apply',
  '-f',
  'one.yaml',
  '--app',
  'one',
  '--region',
  'eu-west-1',
  '--image',
  ami,
  '--yes',
  ...flags,
];
const apply = (...flags: readonly string[]) => folder.run(...words(...flags));

/** Signals success or failure to CloudFormation as soon as it waits for a machine. */
async function sendSignal(Status: 'SUCCESS' | 'FAILURE'): Promise<void> {
  for (;;) {
    try {
      await clients.cloudFormation.send(
        new SignalResourceCommand({
          StackName: stack,
          LogicalResourceId: 'OneGroup',
          UniqueId: `i-${Date.now()}`,
          Status,
        }),
      );
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function waitForStatus(status: string): Promise<void> {
  await sendSignal('SUCCESS');
  while ((await describeStack(clients, stack)).status !== status)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a detached run is 0, and the same command watches what it began', async () => {
  const detached = await apply('--detach');
  expect(detached).toMatchObject({ code: 0, stdout: '' });
  expect(detached.stderr).toContain('watch it with: i2kit apply -f one.yaml');
  expect((await describeStack(clients, stack)).status).toBe('CREATE_IN_PROGRESS');
  const again = folder.start(...words());
  await again.waitForStderr('An earlier run of the same input is in progress');
  await sendSignal('SUCCESS');
  expect((await again.ended).code).toBe(0);
  expect((await describeStack(clients, stack)).status).toBe('CREATE_COMPLETE');
});

test('Ctrl-C leaves, and says how to resume; the time that is over is 5', async () => {
  folder.write('one.yaml', manifest('second'));
  const run = folder.start(...words());
  await run.waitForStderr('Executing change set');
  run.child.kill('SIGINT');
  const { code, stderr } = await run.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('still running in AWS; resume watching with: i2kit apply -f one.yaml');
  expect(await apply('--timeout', '1s')).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('Timed out'),
  });
  await waitForStatus('UPDATE_COMPLETE');
  expect((await apply()).code).toBe(0);
});

test('of two runs at once, the one with the same input watches and the other one is refused', async () => {
  folder.write('one.yaml', manifest('third'));
  const first = folder.start(...words());
  await first.waitForStderr('Executing change set');
  const same = folder.start(...words());
  await same.waitForStderr('An earlier run of the same input is in progress');
  folder.write('one.yaml', manifest('other'));
  expect(await apply()).toMatchObject({ code: 4, stderr: expect.stringContaining('another run') });
  await sendSignal('SUCCESS');
  expect([(await first.ended).code, (await same.ended).code]).toEqual([0, 0]);
});

test('a failed update is rolled back, and its root cause is what stays on the screen', async () => {
  const before = await readStack(clients, stack);
  folder.write('one.yaml', manifest('broken'));
  const run = folder.start(...words());
  await run.waitForStderr('Executing change set');
  await sendSignal('FAILURE');
  await emulator.setSignals('auto');
  const { code, stderr } = await run.ended;
  await emulator.setSignals('wait');
  expect(code).toBe(3);
  expect(stderr.trim().split('\n').slice(-3).join('\n')).toMatch(
    /The update failed and was rolled back: OneGroup \(AWS::AutoScaling::AutoScalingGroup\): Received 1 FAILURE signal/,
  );
  expect((await describeStack(clients, stack)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const { groups } = await readStack(clients, stack);
  expect(groups['OneGroup']?.LaunchTemplate?.Version).toBe(before.groups['OneGroup']?.LaunchTemplate?.Version);
  const told = async (...flags: readonly string[]) =>
    (await folder.run('events', stack, '--region', 'eu-west-1', '-o', 'json', ...flags)).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const shown = await told();
  expect(await told('--limit', '3')).toEqual(shown.slice(-3));
  expect(shown).toHaveLength((await readStackEvents(clients, stack)).length);
  expect(shown).toContainEqual(
    expect.objectContaining({ logicalId: 'OneGroup', status: 'UPDATE_FAILED', object: 'Deployment/default/one' }),
  );
});
