// An app in several stacks from end to end: applied in order, changed in one stack, and destroyed from its workloads
// on.
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { describeStack } from '../awsEmulator/stack.ts';
import { startEmptyAccount } from '../fixtures/app.ts';

const { clients, folder } = await startEmptyAccount({ example: 'stacks' });

const stacks = ['default-parts', 'default-parts-Api', 'default-parts-Front', 'default-parts-StoreOfStatefulSet'];

beforeAll(async () => {
  await clients.route53.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'one' }));
});

test('the shared stack is there before those of the workloads, and the lock keeps the layout', async () => {
  const { code, stderr } = await folder.run('apply', '-f', '.', '--with-env', '--yes');
  expect([code, stderr.split('\n').slice(-7).join('\n')]).toEqual([0, expect.stringContaining('5 succeeded')]);
  for (const stack of stacks) expect((await describeStack(clients, stack)).status).toBe('CREATE_COMPLETE');
  for (const stack of stacks.slice(1))
    expect(stderr.indexOf('default-parts is CREATE_COMPLETE')).toBeLessThan(stderr.indexOf(`${stack}  Change set`));
  expect(JSON.parse(folder.read('i2kit.lock.json'))).toMatchObject({ stacks: { layout: 'workload' } });
});

test('a change of one workload changes its stack alone', async () => {
  folder.edit('parts.yaml', 'value: http://api', 'value: http://api:80');
  const { code, stderr } = await folder.run('apply', '-f', '.', '--yes');
  expect([code, stderr]).toEqual([0, expect.stringContaining('1 succeeded, 3 unchanged')]);
  expect((await describeStack(clients, 'default-parts-Front')).status).toBe('UPDATE_COMPLETE');
});

test('another layout is refused', async () => {
  folder.edit('i2kit.yaml', 'stacks: workload', 'stacks: app');
  const { code, stderr } = await folder.run('apply', '-f', '.', '--yes');
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('error[I2K743] i2kit.yaml:4:9 the app is deployed as a stack for each workload'),
  ]);
  folder.edit('i2kit.yaml', 'stacks: app', 'stacks: workload');
});

test('the shared stack goes last', async () => {
  const early = await folder.run('destroy', '-f', '.', '--yes');
  expect([early.code, early.stderr]).toEqual([
    4,
    expect.stringContaining(`These stacks depend on default-parts: ${stacks.slice(1).join(', ')}.`),
  ]);
  for (const stack of [...stacks.slice(1), 'default-parts'])
    expect((await folder.run('destroy', stack, '--yes')).code).toBe(0);
  for (const stack of stacks) await expect(describeStack(clients, stack)).rejects.toThrow();
});
