// States that only an explicit command ends: a failed rollback, a failed deletion, and termination protection.
import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { createStack, describeStack, updateStack } from '../awsEmulator/stack.ts';
import { startEmptyAccount } from '../fixtures/app.ts';
import { createSlowStack } from '../fixtures/slowStack.ts';

const { clients, folder } = await startEmptyAccount();

const i2kit = (...argv: readonly string[]) => folder.run(...argv, '--region', 'eu-west-1');
const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
const fault = (after: string, ...FailOn: string[]) => ({
  Type: 'I2kit::Test::Fault',
  DependsOn: [after],
  Properties: { FailOn },
});

test('a rollback that failed is recovered from by skipping what holds it up', async () => {
  await createStack(clients, 'stuck', { Resources: { Topic: topic('one'), Stuck: fault('Topic', 'update') } });
  const worse = { Resources: { Topic: topic('two'), Stuck: fault('Topic'), Bad: fault('Stuck', 'create') } };
  await expect(updateStack(clients, 'stuck', worse)).rejects.toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED' });
  expect((await i2kit('status', 'stuck')).code).toBe(3);
  const recovered = await i2kit('recover', 'stuck', '--skip', 'Stuck');
  expect(recovered).toMatchObject({ code: 0, stderr: expect.stringContaining('Resource rollback skipped by user') });
  expect((await describeStack(clients, 'stuck')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await i2kit('recover', 'stuck')).code).toBe(0);
});

test('a deletion that failed says what holds it, and leaves that behind when told to', async () => {
  await createStack(clients, 'held', { Resources: { Topic: topic('one'), Held: fault('Topic', 'delete') } });
  const failed = await i2kit('destroy', 'held', '--yes');
  expect(failed).toMatchObject({ code: 3, stderr: expect.stringContaining('i2kit destroy held --retain Held') });
  expect((await i2kit('destroy', 'held', '--yes', '--retain', 'Held')).code).toBe(0);
  await expect(describeStack(clients, 'held')).rejects.toThrow();
});

test('what is protected is not deleted', async () => {
  await createStack(clients, 'safe', { Resources: { Topic: topic('one') } });
  await clients.cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: 'safe', EnableTerminationProtection: true }),
  );
  expect(await i2kit('destroy', 'safe', '--yes')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('termination protection'),
  });
  expect((await describeStack(clients, 'safe')).status).toBe('CREATE_COMPLETE');
});

test('what another run does is watched, and only an update can be cancelled', async () => {
  const finish = await createSlowStack(clients, 'slow', folder.cwd);
  expect((await i2kit('cancel', 'slow')).code).toBe(4);
  const followed = folder.start('events', 'slow', '--follow', '--region', 'eu-west-1');
  await followed.waitForStderr('CREATE_IN_PROGRESS');
  finish();
  expect(await followed.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('CREATE_COMPLETE') });
});
