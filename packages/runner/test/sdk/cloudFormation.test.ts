// The real adapter against an independent endpoint: verifies the double's view of CloudFormation.

import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { type AwsClients, account, awsClients, region } from '../../../../test/awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../../../../test/awsEmulator/emulator.ts';
import {
  type Clients,
  type CloudFormationAdapter,
  cloudFormationAdapter,
  deploy,
  destroy,
  type ExecuteOptions,
  execute,
  exitCodeOf,
  isResult,
  type Result,
  type RunEvent,
  recover,
  reviewDestroy,
  reviewStack,
  type StackInput,
  systemClock,
} from '../../src/index.ts';

let peer: AwsEmulator;
let aws: AwsClients;
let adapter: CloudFormationAdapter;
let clients: Clients;

beforeAll(async () => {
  peer = await startAwsEmulator();
  aws = awsClients(peer.endpoint);
  adapter = await cloudFormationAdapter({
    region,
    endpoint: peer.endpoint,
    credentials: { accessKeyId: account, secretAccessKey: 'none' },
  });
  clients = {
    region,
    cloudFormation: adapter.port,
    identity: { getCallerIdentity: async () => ({ Account: account }) },
    clock: { now: systemClock.now, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) },
    random: Math.random,
  };
});
beforeEach(() => peer.reset());
afterAll(async () => {
  adapter?.close();
  aws?.destroy();
  await peer?.stop();
});

const bucket = (BucketName: string) => ({
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Retain',
  Properties: { BucketName },
});
const topic = (name: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } });
const fault = (after: string, ...FailOn: string[]) => ({
  Type: 'I2kit::Test::Fault',
  DependsOn: [after],
  Properties: { FailOn },
});

const input = (Resources: object): StackInput => ({
  stackName: 'shop',
  template: JSON.stringify({ Resources }),
  tags: { app: 'shop' },
  expect: { account, region },
});

async function ended(
  stream: AsyncIterable<RunEvent>,
): Promise<{ readonly result: Result; readonly events: readonly RunEvent[] }> {
  const events: RunEvent[] = [];
  for await (const event of stream) events.push(event);
  const last = events.at(-1);
  if (!last || !isResult(last)) throw new Error('the stream did not end in a result');
  return { result: last.data, events };
}

const apply = (resources: object, options?: ExecuteOptions) => ended(deploy(clients, input(resources), options));
const remove = async (options?: object) =>
  ended(destroy(clients, await reviewDestroy(clients, { stackName: 'shop' }), options));

test('creates, changes, and finds nothing to change', async () => {
  const created = await apply({ Topic: topic('one') });
  expect(created.result).toMatchObject({ outcome: 'succeeded', status: 'CREATE_COMPLETE' });
  expect(created.events.some((event) => event.code === 'I2K821' && event.data.logicalId === 'Topic')).toBe(true);

  const changed = await apply({ Topic: topic('two'), Other: topic('three') });
  expect(changed.result).toMatchObject({ outcome: 'succeeded', status: 'UPDATE_COMPLETE' });

  const again = await apply({ Topic: topic('two'), Other: topic('three') });
  expect(again.result).toMatchObject({ outcome: 'unchanged', status: 'UPDATE_COMPLETE' });
  expect(again.events.map((event) => event.code)).toContain('I2K806');
});

test('executes exactly what was reviewed, and refuses what is obsolete', async () => {
  await apply({ Topic: topic('one') });
  const mine = await reviewStack(clients, input({ Topic: topic('two') }));
  const other = await reviewStack(clients, input({ Topic: topic('three') }));
  expect(mine).toMatchObject({ kind: 'change-set', type: 'UPDATE', endangered: [] });
  // As if read back from a file by another process.
  const done = await ended(execute(clients, JSON.parse(JSON.stringify(mine))));
  expect(done.result).toMatchObject({ outcome: 'succeeded', status: 'UPDATE_COMPLETE' });
  const late = await ended(execute(clients, other));
  expect(late.result).toMatchObject({ outcome: 'refused', reason: 'obsolete' });
  expect(exitCodeOf(late.result)).toBe(4);
  // The same review again: it is found to be executed already.
  expect((await ended(execute(clients, mine))).result.outcome).toBe('succeeded');
});

test('tells the root cause of an update that was rolled back', async () => {
  await apply({ Topic: topic('one') });
  const { result } = await apply({ Topic: topic('two'), Bad: fault('Topic', 'create') });
  expect(result).toMatchObject({
    outcome: 'failed',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    cause: { logicalId: 'Bad', type: 'I2kit::Test::Fault' },
  });
  expect(result.cause?.reason).toContain('injected create failure');
  expect((await apply({ Topic: topic('two') })).result.outcome).toBe('succeeded');
});

test('makes a stack anew whose creation failed', async () => {
  const failed = await apply({ Topic: topic('one'), Bad: fault('Topic', 'create') });
  expect(failed.result).toMatchObject({ outcome: 'failed', status: 'ROLLBACK_COMPLETE', cause: { logicalId: 'Bad' } });
  const { result, events } = await apply({ Topic: topic('one') });
  expect(result).toMatchObject({ outcome: 'succeeded', status: 'CREATE_COMPLETE' });
  expect(result.stackId).not.toBe(failed.result.stackId);
  expect(events.map((event) => event.code)).toContain('I2K812');
});

test('refuses to replace data unasked', async () => {
  await apply({ Data: bucket('one'), Topic: topic('one') });
  const refused = await apply({ Data: bucket('two'), Topic: topic('two') });
  expect(refused.result).toMatchObject({ outcome: 'refused', reason: 'data', status: 'CREATE_COMPLETE' });
  expect(refused.result.hint).toContain('--allow-replace Data');
  const meant = await apply({ Data: bucket('two'), Topic: topic('two') }, { allowReplace: ['Data'] });
  expect(meant.result).toMatchObject({ outcome: 'succeeded', status: 'UPDATE_COMPLETE' });
});

test('recovers from a rollback that failed, and only when told to', async () => {
  await apply({ Topic: topic('one'), Stuck: fault('Topic', 'update') });
  // Forward it works; backward it does not.
  const { result } = await apply({ Topic: topic('two'), Stuck: fault('Topic'), Bad: fault('Stuck', 'create') });
  expect(result).toMatchObject({
    outcome: 'failed',
    reason: 'recover-first',
    status: 'UPDATE_ROLLBACK_FAILED',
    cause: { logicalId: 'Bad' },
  });
  expect(result.hint).toContain('--skip Stuck');
  expect((await apply({ Topic: topic('one') })).result).toMatchObject({ outcome: 'refused', reason: 'recover-first' });
  const recovered = await ended(recover(clients, { stackName: 'shop', skip: ['Stuck'] }));
  expect(recovered.result).toMatchObject({ outcome: 'succeeded', status: 'UPDATE_ROLLBACK_COMPLETE' });
});

test('does not delete what is protected', async () => {
  await apply({ Topic: topic('one') });
  await aws.cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: 'shop', EnableTerminationProtection: true }),
  );
  expect((await remove()).result).toMatchObject({ outcome: 'refused', reason: 'protected', status: 'CREATE_COMPLETE' });
});

test('deletes, and twice', async () => {
  await apply({ Topic: topic('one') });
  expect((await remove()).result).toMatchObject({ outcome: 'succeeded', status: 'DELETE_COMPLETE' });
  expect((await remove()).result).toMatchObject({ outcome: 'unchanged' });
});

test('says what holds a deletion up, and leaves it behind when told to', async () => {
  await apply({ Topic: topic('one'), Held: fault('Topic', 'delete') });
  const { result } = await remove();
  expect(result).toMatchObject({
    outcome: 'failed',
    reason: 'delete-failed',
    status: 'DELETE_FAILED',
    held: [{ logicalId: 'Held' }],
  });
  expect(result.hint).toContain('--retain Held');
  expect((await remove({ retain: ['Held'] })).result).toMatchObject({
    outcome: 'succeeded',
    status: 'DELETE_COMPLETE',
  });
});
