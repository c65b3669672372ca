// The past of a stack and changes outside of CloudFormation: history, rollback and drift of a stack that `apply`
// created.
import { DeleteLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createStack, describeStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';

const { clients, folder } = await startApp();

const stack = 'default-one';

const manifest = (value: string, replicas = 1) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: one}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: one}}
  template:
    metadata: {labels: {app: one}}
    spec: {containers: [{name: one, image: 'example/one:1', env: [{name: VALUE, value: ${value}}]}]}
`;

const i2kit = (command: string, ...argv: readonly string[]) => folder.run(command, ...argv, '--region', 'eu-west-1');
function apply(value: string, ...flags: readonly string[]) {
  folder.write('one.yaml', manifest(value));
  return i2kit('apply', '-f', 'one.yaml', '--app', 'one', '--image', 'one=ami-0123456789abcdef0', '--yes', ...flags);
}
const operations = async () => JSON.parse((await i2kit('history', stack, '-o', 'json')).stdout).operations;
const template = async () =>
  (
    await clients.cloudFormation.send(
      new (
        await import('@aws-sdk/client-cloudformation')
      ).GetTemplateCommand({ StackName: stack }),
    )
  ).TemplateBody;

describe('history and rollback', () => {
  let first: string | undefined;

  test('each apply is a revision, with what it came to', async () => {
    expect((await apply('first')).code).toBe(0);
    first = await template();
    expect((await apply('second')).code).toBe(0);
    expect((await apply('second')).code).toBe(0);
    const { code, stdout, stderr } = await i2kit('history', stack);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^REV {2}WHEN {18}WHAT {4}RESULT {10}TOOK {2}TEMPLATE$/),
      expect.stringMatching(
        /^2 {4}20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}update {2}succeeded, now {2}\ds {4}[0-9a-f]{12}$/,
      ),
      expect.stringMatching(/^1 {4}20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}create {2}succeeded {7}\ds {4}[0-9a-f]{12}$/),
      '',
    ]);
    expect(await operations()).toMatchObject([
      { revision: 2, outcome: 'succeeded', current: true, token: expect.stringMatching(/^i2kit-/) },
      { revision: 1 },
    ]);
    expect(JSON.parse((await i2kit('history', stack, '--limit', '1', '-o', 'json')).stdout).operations).toHaveLength(1);
  });

  test('a revision can be gone back to, by its number', async () => {
    const back = await i2kit('rollback', stack, '--to', '1', '--yes');
    expect(back).toMatchObject({ code: 0, stderr: expect.stringContaining('Returning to revision 1') });
    expect(back.stderr).toMatch(/ROLL {7}\d+ machine/);
    expect(await template()).toEqual(first);
    expect(await operations()).toMatchObject([{ revision: 3, current: true }, { revision: 2 }, { revision: 1 }]);
    expect(await i2kit('rollback', stack, '--to', '1', '--yes')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('nothing to do'),
    });
  });

  test('and by its hash, after a review in a file, which is kept too', async () => {
    const [, { templateHash }] = await operations();
    expect((await i2kit('rollback', stack, '--to', templateHash.slice(0, 10), '--save-review', 'back.json')).code).toBe(
      0,
    );
    expect(await template()).toEqual(first);
    expect(await i2kit('apply', '--review', 'back.json')).toMatchObject({ code: 0 });
    expect(await template()).not.toEqual(first);
    expect(await operations()).toMatchObject([{ revision: 4, templateHash }, { revision: 3 }, {}, {}]);
  });

  test('a failure has its root cause below it', async () => {
    await createStack(clients, 'bad', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    const Bad = { Type: 'I2kit::Test::Fault', Properties: { FailOn: ['create'] } };
    const { UpdateStackCommand } = await import('@aws-sdk/client-cloudformation');
    await clients.cloudFormation.send(
      new UpdateStackCommand({
        StackName: 'bad',
        TemplateBody: JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' }, Bad } }),
      }),
    );
    while ((await describeStack(clients, 'bad')).status !== 'UPDATE_ROLLBACK_COMPLETE')
      await new Promise((resolve) => setTimeout(resolve, 50));
    const { stdout } = await i2kit('history', 'bad', '-q');
    expect(stdout).toMatch(
      /^- .* update {2}rolled back .*\n {5}Bad \(I2kit::Test::Fault\): .+\n- .* create {2}succeeded, now/m,
    );
  });

  test('what is not there is said', async () => {
    expect(await i2kit('rollback', stack, '--to', '99', '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Existing revisions: 1 to 4'),
    });
    expect(await i2kit('history', 'default-none')).toMatchObject({
      code: 3,
      stderr: 'error: There is no stack default-none.\n',
    });
  });

  test('without a bucket there are events alone, and no way back', async () => {
    const made = await apply('first', '--env', 'bare');
    expect(made.code).toBe(3);
    await createStack(clients, 'bare-one', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    expect(await i2kit('history', '--app', 'one', '--env', 'bare')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('no bucket'),
    });
    const back = await i2kit('rollback', '--app', 'one', '--env', 'bare', '--to', '1', '--yes');
    expect(back).toMatchObject({ code: 4, stderr: expect.stringContaining('is archived') });
  });
});

describe('drift', () => {
  const group = async () => (await describeStack(clients, stack)).resources['OneLogs']?.PhysicalResourceId ?? '';

  test('none is 0', async () => {
    const { code, stdout, stderr } = await i2kit('drift', stack);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/0 of \d+ resources of default-one have drifted/);
    expect(JSON.parse((await i2kit('drift', stack, '-o', 'json')).stdout)).toEqual({
      version: 1,
      stackName: stack,
      drifted: [],
    });
  });

  test('a changed property is 1, below its object', async () => {
    await clients.logs.send(new PutRetentionPolicyCommand({ logGroupName: await group(), retentionInDays: 7 }));
    const { code, stdout } = await i2kit('drift', stack);
    expect(code).toBe(1);
    expect(stdout).toBe(
      `Deployment/default/one\n  MODIFIED  OneLogs  Logs::LogGroup  ${await group()}\n    /RetentionInDays: in the template 30, is 7\n`,
    );
    expect((await i2kit('drift', stack, '--exit-zero')).code).toBe(0);
    expect(JSON.parse((await i2kit('drift', stack, '-o', 'json')).stdout).drifted).toMatchObject([
      {
        object: 'Deployment/default/one',
        how: 'MODIFIED',
        differences: [{ path: '/RetentionInDays', expected: '30', actual: '7', how: 'NOT_EQUAL' }],
      },
    ]);
  });

  test('so is what was deleted', async () => {
    await clients.logs.send(new DeleteLogGroupCommand({ logGroupName: await group() }));
    expect(await i2kit('drift', stack, '-q')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('  DELETED  OneLogs'),
      stderr: '',
    });
  });

  test('a stack that is not there is 3', async () => {
    expect(await i2kit('drift', 'default-none')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is no stack'),
    });
  });
});
