// Shows that the AWS endpoint's groups wait for signals when told to, and fail in CloudFormation's own words.

import { setTimeout as sleep } from 'node:timers/promises';
import { SignalResourceCommand } from '@aws-sdk/client-cloudformation';
import { jest } from '@jest/globals';
import { type AwsClients, awsClients } from './aws.ts';
import { seedEnvironment } from './environment.ts';
import { type Peer, startPeer } from './peer.ts';
import { readBack } from './readBack.ts';
import { appTemplate } from './samples/app.ts';
import { createStack, stackEvents, updateStack } from './stack.ts';

// Under load a peer takes its time to start, and the first run installs the judges.
jest.setTimeout(180_000);

let peer: Peer;
let clients: AwsClients;

beforeAll(async () => {
  peer = await startPeer({ signals: 'wait' });
  clients = awsClients(peer.endpoint);
});
beforeEach(async () => {
  await peer.reset();
  await seedEnvironment(clients);
});
afterAll(async () => {
  clients?.destroy();
  await peer?.stop();
});

const signal = (machine: string, Status: 'SUCCESS' | 'FAILURE' = 'SUCCESS') =>
  clients.cloudFormation.send(new SignalResourceCommand({ StackName: 'shop', LogicalResourceId: 'Group', UniqueId: machine, Status }));

/** Until the group's machines would start, and signal. */
async function waiting(verb: 'CREATE' | 'UPDATE'): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    const events = await stackEvents(clients, 'shop').catch(() => []);
    const last = events.findLast((event) => event.LogicalResourceId === 'Group');
    if (last?.ResourceStatus === `${verb}_IN_PROGRESS` && (verb === 'UPDATE' || last.ResourceStatusReason)) return;
    await sleep(10);
  }
  throw new Error('the group does not wait');
}

async function reasons(): Promise<(string | undefined)[]> {
  return (await stackEvents(clients, 'shop'))
    .filter((event) => event.LogicalResourceId === 'Group')
    .map((event) => event.ResourceStatusReason);
}

test('a group is complete when each machine has signalled', async () => {
  const creating = createStack(clients, 'shop', appTemplate({ replicas: 2 }));
  await waiting('CREATE');
  await signal('i-1');
  await signal('i-1');
  await sleep(50);
  expect(await reasons()).not.toContain('Received SUCCESS signal with UniqueId i-2');
  await signal('i-2');
  await expect(creating).resolves.toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await reasons()).toContain('Received SUCCESS signal with UniqueId i-2');
});

test('a machine that fails fails its group', async () => {
  const creating = createStack(clients, 'shop', appTemplate());
  const failed = expect(creating).rejects.toThrow(
    'ROLLBACK_COMPLETE\n  Group (AWS::AutoScaling::AutoScalingGroup) CREATE_FAILED: Received 1 FAILURE signal(s) out of 1. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement',
  );
  await waiting('CREATE');
  await signal('i-1', 'FAILURE');
  await failed;
});

test('a group whose machines stay silent fails when the time is over', async () => {
  await expect(createStack(clients, 'shop', appTemplate({ timeout: 'PT1S' }))).rejects.toThrow('Received 0 SUCCESS signal(s) out of 1.');
  expect(await reasons()).toContain(
    'Failed to receive 1 resource signal(s) for the current batch. Each resource signal timeout is counted as a FAILURE.',
  );
});

test('a rolling update waits for the new machines, and is undone without them', async () => {
  await peer.setSignals('auto');
  await createStack(clients, 'shop', appTemplate());
  await peer.setSignals('wait');
  const updating = updateStack(clients, 'shop', appTemplate({ instanceType: 't3.small' }));
  await waiting('UPDATE');
  await signal('i-9');
  await expect(updating).resolves.toMatchObject({ status: 'UPDATE_COMPLETE' });

  const failing = updateStack(clients, 'shop', appTemplate({ instanceType: 't3.large', timeout: 'PT1S' }));
  await expect(failing).rejects.toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect((await readBack(clients, 'shop')).groups.Group?.LaunchTemplate?.Version).toBe('2');
});

test('nothing waits unless told to', async () => {
  await peer.setSignals('auto');
  await expect(createStack(clients, 'shop', appTemplate({ replicas: 5 }))).resolves.toMatchObject({ status: 'CREATE_COMPLETE' });
  await expect(peer.setSignals('never' as 'auto')).rejects.toThrow('no such mode');
});
