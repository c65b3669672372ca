// The life of examples/voting through the built command line: created, unchanged, changed, scaled, inspected,
// deleted.
import { gunzipSync } from 'node:zlib';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { readStack } from '../awsEmulator/readStack.ts';
import { describeStack } from '../awsEmulator/stack.ts';
import { startEmptyAccount } from '../fixtures/app.ts';

// Runs without linuxkit.
const { emulator, clients, folder } = await startEmptyAccount({
  example: 'voting',
  variables: { PATH: '/usr/bin:/bin' },
});

const stack = 'default-voting';

const apply = (...flags: readonly string[]) => folder.run('apply', '-f', '.', '--yes', ...flags);

/** The payload of a workload's machines, by the launch template of its group. */
async function podOf(name: string): Promise<{ containers: { env: { name: string; value?: string }[] }[] }> {
  const { userData } = (await readStack(clients, stack)).launchTemplates[`${name}Template`] ?? { userData: '{}' };
  return JSON.parse(gunzipSync(Buffer.from(JSON.parse(userData).payload, 'base64')).toString()).pod;
}

test('nothing is done where nobody can be asked, and nothing without its environment', async () => {
  expect(await folder.run('apply', '-f', '.')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Pass --yes.'),
  });
  const early = await apply();
  expect([early.code, early.stderr.match(/error\[I2K760\]/g)]).toEqual([4, ['error[I2K760]']]);
  folder.write('secret.txt', 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: postgres}\n');
  expect((await folder.run('secrets', 'push', '-f', 'secret.txt')).code).toBe(0);
  const { code, stderr } = await apply();
  expect(code).toBe(3);
  expect(stderr).toContain("Create it with 'i2kit env create'");
  await expect(describeStack(clients, stack)).rejects.toThrow();
});

test('an environment is made, and made again', async () => {
  const lost = await folder.run('env', 'create', '--yes');
  expect(lost).toMatchObject({ code: 4, stderr: expect.stringContaining('has no public zone example.com') });
  await clients.route53.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'one' }));
  const made = await folder.run('env', 'create', '--yes');
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Bucket {2,}\S+\n/) });
  expect(await folder.run('env', 'create', '--yes')).toMatchObject({ code: 0, stdout: made.stdout });
  expect(await folder.run('env', 'status')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('i2kit-default  CREATE_COMPLETE\n'),
  });
});

test('an app is made, and its outputs are all that standard output holds', async () => {
  const { code, stdout, stderr } = await apply();
  expect(code).toBe(0);
  expect(stdout).toBe('ResultUrl  http://result.example.com\nVoteUrl    http://vote.example.com\n');
  expect(stderr).toContain('\nDeployment/vote\n  CREATE     3 machines (t3.nano)\n');
  expect(stderr).toContain('DESTROY 0 · REPLACE 0 · CREATE 31');
  const { groups, loadBalancers, volumes } = await readStack(clients, stack);
  expect(Object.entries(groups).map(([id, { DesiredCapacity }]) => [id, DesiredCapacity])).toEqual(
    expect.arrayContaining([
      ['VoteGroup', 3],
      ['ResultGroup', 2],
      ['DbGroup', 1],
    ]),
  );
  expect(Object.keys(loadBalancers)).toHaveLength(3);
  expect(Object.values(volumes)).toMatchObject([{ Size: 20 }]);
  expect(JSON.parse(folder.read('i2kit.lock.json'))).toHaveProperty('loadBalancers');
});

test('the same again changes nothing', async () => {
  const before = await describeStack(clients, stack);
  const { code, stdout, stderr } = await apply();
  expect([code, stderr.split('\n').at(-2)]).toEqual([0, expect.stringContaining('there was nothing to do')]);
  expect(stdout).toContain('VoteUrl');
  expect(await describeStack(clients, stack)).toEqual(before);
});

test('a changed variable rolls one workload, and nothing else', async () => {
  const before = await readStack(clients, stack);
  folder.edit('vote.yaml', 'value: Cats', 'value: Kittens');
  const { code, stderr } = await apply('--progress', 'plain');
  expect(code).toBe(0);
  expect(stderr).toContain('  ROLL       3 machines (t3.nano), one at a time, about 6 min\n');
  expect(stderr).toContain('DESTROY 0 · REPLACE 0 · ROLL 3 machines');
  const after = await readStack(clients, stack);
  expect((await podOf('Vote')).containers[0]?.env).toContainEqual({ name: 'OPTION_A', value: 'Kittens' });
  expect(after.launchTemplates['VoteTemplate']?.version).toBe(
    (before.launchTemplates['VoteTemplate']?.version ?? 0) + 1,
  );
  expect(after.launchTemplates['ResultTemplate']).toEqual(before.launchTemplates['ResultTemplate']);
  expect(after.loadBalancers).toEqual(before.loadBalancers);
  expect(after.volumes).toEqual(before.volumes);
});

test('scaling changes the group alone, and status tells', async () => {
  folder.edit('vote.yaml', 'replicas: 3', 'replicas: 5');
  const { code, stdout, stderr } = await apply('--progress', 'json');
  expect(code).toBe(0);
  expect(stderr).toContain('DESTROY 0 · REPLACE 0 · SCALE 3 → 5 machines');
  const events = stdout.trim().split('\n');
  expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({
    v: 1,
    code: 'I2K890',
    data: { outcome: 'succeeded', outputs: {} },
  });
  expect((await readStack(clients, stack)).groups['VoteGroup']?.DesiredCapacity).toBe(5);
  const status = JSON.parse((await folder.run('status', '-o', 'json')).stdout);
  expect(status).toMatchObject({
    version: 1,
    stackName: stack,
    status: 'UPDATE_COMPLETE',
    outputs: { VoteUrl: 'http://vote.example.com' },
  });
  expect(status.workloads).toContainEqual(
    expect.objectContaining({ object: 'Deployment/default/vote', desired: 5, inService: 5, healthy: 5, targets: 5 }),
  );
});

test('what was reviewed is executed, or nothing is', async () => {
  folder.edit('result.yaml', 'value: db', 'value: database');
  const review = `${emulator.endpoint.split(':').at(-1)}.review`;
  expect((await folder.run('apply', '-f', '.', '--save-review', review)).code).toBe(0);
  expect((await podOf('Result')).containers[0]?.env).toContainEqual({ name: 'DATABASE_HOST', value: 'db' });
  expect((await folder.run('apply', '--review', review)).code).toBe(0);
  expect((await podOf('Result')).containers[0]?.env).toContainEqual({ name: 'DATABASE_HOST', value: 'database' });
  folder.edit('result.yaml', 'value: database', 'value: other');
  expect((await folder.run('apply', '-f', '.', '--save-review', review)).code).toBe(0);
  expect((await apply('--image', 'result=ami-0a1b2c3d4e5f60009')).code).toBe(0);
  const late = await folder.run('apply', '--review', review);
  expect(late).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('Plan again') });
  expect(await folder.run('apply', '--review', 'vote.yaml')).toMatchObject({ code: 2 });
});

test('a workload without an image is refused, with its place, where none can be built', async () => {
  folder.edit('i2kit.yaml', /^ {2}worker: .*\n/m, '');
  const lock = folder.read('i2kit.lock.json');
  const { code, stdout, stderr } = await apply();
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/error\[I2K701\] worker\.yaml:\d+:\d+ Deployment\/default\/worker has no image/);
  for (const way of ['https://github.com/linuxkit/linuxkit/releases', '`i2kit image build`', '`--image worker=ami-…`'])
    expect(stderr).toContain(way);
  expect(folder.read('i2kit.lock.json')).toBe(lock);
});

test('what stands on an environment keeps it; what is gone is gone', async () => {
  expect(await folder.run('env', 'destroy', '--yes')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining(stack),
  });
  const gone = await folder.run('destroy', '-f', '.', '--yes');
  expect(gone).toMatchObject({ code: 0, stdout: '' });
  expect(gone.stderr).toMatch(/DESTROY {2}VotesVolume \(AWS::EC2::Volume\) vol-\w+: a snapshot of its data is kept/);
  await expect(describeStack(clients, stack)).rejects.toThrow();
  expect(await folder.run('destroy', '--yes')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('nothing to do'),
  });
  expect((await folder.run('status')).code).toBe(3);
  const environment = await folder.run('env', 'destroy', '--yes');
  expect(environment).toMatchObject({ code: 0, stderr: expect.stringMatching(/RETAIN {3}Bucket /) });
});
