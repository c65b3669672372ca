// Shows that the emulator's groups wait for signals on request, and fail with CloudFormation's messages.

import { setTimeout as sleep } from 'node:timers/promises';
import { SignalResourceCommand } from '@aws-sdk/client-cloudformation';
import { appTemplate } from '../fixtures/templates/app.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { type AwsEmulator, startAwsEmulator } from './emulator.ts';
import { seedEnvironment } from './environment.ts';
import { readStack } from './readStack.ts';
import { createStack, readStackEvents, updateStack } from './stack.ts';

let emulator: AwsEmulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startAwsEmulator({ signals: 'wait' });
  clients = awsClients(emulator.endpoint);
});
beforeEach(async () => {
  await emulator.reset();
  await seedEnvironment(clients);
});
afterAll(async () => {
  clients?.destroy();
  await emulator?.stop();
});

const sendSignal = (machine: string, Status: 'SUCCESS' | 'FAILURE' = 'SUCCESS') =>
  clients.cloudFormation.send(
    new SignalResourceCommand({ StackName: 'shop', LogicalResourceId: 'Group', UniqueId: machine, Status }),
  );

/** Until the group's machines would start and signal. */
async function waitForGroup(verb: 'CREATE' | 'UPDATE'): Promise<void> {
  for (const deadline = Date.now() + 240_000; Date.now() < deadline; ) {
    const events = await readStackEvents(clients, 'shop').catch(() => []);
    const last = events.findLast((event) => event.LogicalResourceId === 'Group');
    if (last?.ResourceStatus === `${verb}_IN_PROGRESS` && (verb === 'UPDATE' || last.ResourceStatusReason)) return;
    await sleep(10);
  }
  throw new Error('the group does not wait');
}

async function readReasons(): Promise<(string | undefined)[]> {
  return (await readStackEvents(clients, 'shop'))
    .filter((event) => event.LogicalResourceId === 'Group')
    .map((event) => event.ResourceStatusReason);
}

test('a group is complete when each machine has signalled', async () => {
  const creating = createStack(clients, 'shop', appTemplate({ replicas: 2 }));
  await waitForGroup('CREATE');
  await sendSignal('i-1');
  await sendSignal('i-1');
  await sleep(50);
  expect(await readReasons()).not.toContain('Received SUCCESS signal with UniqueId i-2');
  await sendSignal('i-2');
  await expect(creating).resolves.toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await readReasons()).toContain('Received SUCCESS signal with UniqueId i-2');
});

test('a machine that fails fails its group', async () => {
  const creating = createStack(clients, 'shop', appTemplate());
  const failed = expect(creating).rejects.toThrow(
    'ROLLBACK_COMPLETE\n  Group (AWS::AutoScaling::AutoScalingGroup) CREATE_FAILED: Received 1 FAILURE signal(s) out of 1. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement',
  );
  await waitForGroup('CREATE');
  await sendSignal('i-1', 'FAILURE');
  await failed;
});

test('a group whose machines stay silent fails when the time is over', async () => {
  await expect(createStack(clients, 'shop', appTemplate({ timeout: 'PT1S' }))).rejects.toThrow(
    'Received 0 SUCCESS signal(s) out of 1.',
  );
  expect(await readReasons()).toContain(
    'Failed to receive 1 resource signal(s) for the current batch. Each resource signal timeout is counted as a FAILURE.',
  );
});

test('a rolling update waits for the new machines, and is undone without them', async () => {
  await emulator.setSignals('auto');
  await createStack(clients, 'shop', appTemplate());
  await emulator.setSignals('wait');
  const updating = updateStack(clients, 'shop', appTemplate({ instanceType: 't3.small' }));
  await waitForGroup('UPDATE');
  await sendSignal('i-9');
  await expect(updating).resolves.toMatchObject({ status: 'UPDATE_COMPLETE' });

  const failing = updateStack(clients, 'shop', appTemplate({ instanceType: 't3.large', timeout: 'PT1S' }));
  await expect(failing).rejects.toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect((await readStack(clients, 'shop')).groups.Group?.LaunchTemplate?.Version).toBe('2');
});

test('nothing waits unless told to', async () => {
  await emulator.setSignals('auto');
  await expect(createStack(clients, 'shop', appTemplate({ replicas: 5 }))).resolves.toMatchObject({
    status: 'CREATE_COMPLETE',
  });
  await expect(emulator.setSignals('never' as 'auto')).rejects.toThrow('no such mode');
});
