// Several stacks in one run, new machines without a change, and leftovers: --with-env, --force-redeploy, --prune.
import { CreateVolumeCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { readStack } from '../awsEmulator/readStack.ts';
import { createStack, describeStack } from '../awsEmulator/stack.ts';
import { startEmptyAccount } from '../fixtures/app.ts';
import { pushVotingSecret } from '../fixtures/cli.ts';

const { clients, folder } = await startEmptyAccount({ example: 'voting' });

const stack = 'default-voting';

beforeAll(async () => {
  await pushVotingSecret(folder);
  await clients.route53.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'one' }));
});

const apply = (...flags: readonly string[]) => folder.run('apply', '-f', '.', '--yes', ...flags);

test('an environment and its app are made in one run, the app after the environment', async () => {
  const { code, stdout, stderr } = await apply('--with-env');
  expect([code, stderr.split('\n').slice(-4).join('\n')]).toEqual([
    0,
    expect.stringMatching(
      /2 succeeded\n\S+ {3}i2kit-default: succeeded: .*CREATE_COMPLETE\.\n\S+ {3}default-voting: succeeded: .*CREATE_COMPLETE\.\n/,
    ),
  ]);
  expect(stderr).toContain('Its dependencies do not exist yet: the review is bound to its input');
  expect(stderr.indexOf('i2kit-default is CREATE_COMPLETE')).toBeLessThan(stderr.indexOf('default-voting  Change set'));
  expect(stdout).toMatch(/^Bucket {2}.*\nResultUrl .*\nVoteUrl .*\n$/s);
  expect((await describeStack(clients, stack)).status).toBe('CREATE_COMPLETE');
});

test('the same again changes neither, and reviews both', async () => {
  const { code, stderr } = await apply('--with-env');
  expect([code, stderr]).toEqual([0, expect.stringContaining('2 unchanged')]);
  expect(stderr).not.toContain('can be reviewed only when');
});

test('what depends on a stack that is refused is not begun', async () => {
  await createStack(clients, 'i2kit-other', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  await pushVotingSecret(folder, 'other');
  const names = ['vote.example.com', 'result.example.com'].flatMap((name) => ['--take-name', name]);
  const { code, stderr } = await apply('--with-env', '--env', 'other', ...names);
  expect(code).toBe(4);
  expect(stderr).toContain('not managed by i2kit, by its tags');
  expect(stderr).toMatch(
    /1 refused, 1 skipped\n.*i2kit-other: refused: .*\n.*other-voting: skipped, because of i2kit-other\n$/,
  );
  await expect(describeStack(clients, 'other-voting')).rejects.toThrow();
});

test('machines are made anew without a change, and no later run undoes that', async () => {
  const before = await readStack(clients, stack);
  const forced = await apply('--force-redeploy', '--progress', 'plain');
  expect([forced.code, forced.stderr]).toEqual([
    0,
    expect.stringMatching(/DESTROY 0 · REPLACE 0 · INTERRUPT 1 · ROLL 8 machines of 5 workloads/),
  ]);
  const after = await readStack(clients, stack);
  for (const [id, { version }] of Object.entries(before.launchTemplates))
    expect(after.launchTemplates[id]?.version).toBe(version + 1);
  for (const [id, group] of Object.entries(before.groups)) {
    const old = (group.Instances ?? []).map(({ InstanceId }) => InstanceId);
    expect(after.groups[id]?.Instances?.some(({ InstanceId }) => old.includes(InstanceId))).toBe(false);
  }
  expect(after.volumes).toEqual(before.volumes);
  expect(await apply()).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing to do') });
  folder.edit('vote.yaml', 'value: Cats', 'value: Kittens');
  expect((await apply()).stderr).toContain('DESTROY 0 · REPLACE 0 · ROLL 3 machines');
  expect((await apply('--force-redeploy')).stderr).toContain('ROLL 8 machines of 5 workloads');
});

test('what the input no longer makes is shown and deleted; disks only when that is said', async () => {
  const tags = { 'i2kit:app': 'voting', 'i2kit:env': 'default' };
  await createStack(clients, 'default-voting-old', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }, {}, { tags });
  const theirs = { 'i2kit:app': 'other', 'i2kit:env': 'default' };
  await createStack(
    clients,
    'default-other',
    { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
    {},
    { tags: theirs },
  );
  const Tags = [...Object.entries(tags), ['i2kit:name', 'old']].map(([Key, Value]) => ({ Key, Value }));
  const { VolumeId = '' } = await clients.ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: 'eu-west-1a',
      Size: 7,
      TagSpecifications: [{ ResourceType: 'volume', Tags }],
    }),
  );
  const volumes = async () =>
    (await clients.ec2.send(new DescribeVolumesCommand({}))).Volumes?.map((each) => each.VolumeId) ?? [];
  const [votes] = Object.values((await readStack(clients, stack)).volumes);

  const first = await apply('--prune');
  expect(first.code).toBe(0);
  expect(first.stderr).toContain('default-voting-old in eu-west-1');
  expect(first.stderr).toContain(`RETAIN   ${VolumeId}, 7 GiB, of Volume/?/old: in no stack`);
  await expect(describeStack(clients, 'default-voting-old')).rejects.toThrow();
  expect((await describeStack(clients, 'default-other')).status).toBe('CREATE_COMPLETE');
  expect(await volumes()).toContain(VolumeId);

  const unnamed = await apply('--prune', '--prune-volumes');
  expect([unnamed.code, unnamed.stderr]).toEqual([4, expect.stringContaining(`--allow-removal ${VolumeId}`)]);
  expect(await volumes()).toContain(VolumeId);
  const second = await apply('--prune', '--prune-volumes', '--allow-removal', VolumeId);
  expect([second.code, second.stderr]).toEqual([0, expect.stringContaining(`DESTROY  ${VolumeId}`)]);
  expect(await volumes()).not.toContain(VolumeId);
  expect(await volumes()).toContain(votes?.VolumeId);
  expect(await apply('--prune', '--prune-volumes')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Nothing to prune.'),
  });
});

test('a stack with data of which nothing would be left is not pruned, and nothing else is done', async () => {
  const disk = {
    Type: 'AWS::EC2::Volume',
    DeletionPolicy: 'Delete',
    Properties: { AvailabilityZone: 'eu-west-1a', Size: 1 },
  };
  const tags = { 'i2kit:app': 'voting', 'i2kit:env': 'default' };
  await createStack(clients, 'default-voting-data', { Resources: { Disk: disk } }, {}, { tags });
  folder.edit('vote.yaml', 'value: Kittens', 'value: Cats');
  const refused = await apply('--prune');
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('holds data that would be lost: Disk')]);
  expect((await describeStack(clients, 'default-voting-data')).status).toBe('CREATE_COMPLETE');
});
