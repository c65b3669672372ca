// Most machines of an app, or a volume, are removed only if a flag names them, whatever --yes says.
import { CreateVolumeCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { createStack, describeStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';

const { clients, folder } = await startApp();

const workload = (name: string, replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: one, image: 'example/one:1'}]}
---
`;

function apply(sizes: Readonly<Record<string, number>>, ...flags: readonly string[]) {
  folder.write(
    'shop.yaml',
    Object.entries(sizes)
      .map(([name, size]) => workload(name, size))
      .join(''),
  );
  const images = Object.keys(sizes).flatMap((name) => ['--image', `${name}=ami-0123456789abcdef0`]);
  return folder.run('apply', '-f', 'shop.yaml', ...images, ...flags);
}

const machines = async (stack: string) => {
  const { stdout } = await folder.run('status', stack, '-o', 'json');
  return JSON.parse(stdout).workloads.map((each: { object: string; desired: number }) => [each.object, each.desired]);
};

beforeAll(() => {
  folder.write('i2kit.yaml', 'app: shop\nregion: eu-west-1\n');
});

const refusal = /error: 4 of 6 machines of shop would be removed \(Deployment\/default\/web 5 → 1\)/;

describe('a single stack', () => {
  test('--yes does not remove most machines, and says which would go', async () => {
    expect((await apply({ web: 5, api: 1 }, '--yes')).code).toBe(0);
    const { code, stderr } = await apply({ web: 1, api: 1 }, '--yes');
    expect([code, stderr]).toEqual([4, expect.stringMatching(refusal)]);
    expect(stderr).toContain('To allow it: --allow-removal shop');
    expect(await machines('default-shop')).toEqual([
      ['Deployment/default/api', 1],
      ['Deployment/default/web', 5],
    ]);
  });

  test('neither does a saved review, nor a review given beside the input', async () => {
    expect((await apply({ web: 1, api: 1 }, '--save-review', 'small.json')).code).toBe(0);
    const review = ['--review', 'small.json'];
    for (const run of [folder.run('apply', ...review), apply({ web: 1, api: 1 }, ...review)]) {
      const { code, stderr } = await run;
      expect([code, stderr]).toEqual([4, expect.stringMatching(refusal)]);
    }
  });

  test('with the name of the app it does, and a rollback has the same guard', async () => {
    expect((await apply({ web: 1, api: 1 }, '--yes', '--allow-removal', 'shop')).code).toBe(0);
    expect((await folder.run('rollback', 'default-shop', '--to', '1', '--yes')).code).toBe(0);
    const { code, stderr } = await folder.run('rollback', 'default-shop', '--to', '2', '--yes');
    expect([code, stderr]).toEqual([4, expect.stringMatching(refusal)]);
    expect((await folder.run('rollback', 'default-shop', '--to', '2', '--yes', '--allow-removal', 'shop')).code).toBe(
      0,
    );
  });
});

describe('a stack for each workload', () => {
  beforeAll(() => folder.write('i2kit.yaml', 'app: parts\nregion: eu-west-1\nstacks: workload\n'));

  test('machines of the other stacks count', async () => {
    expect((await apply({ web: 3, api: 3 }, '--yes')).code).toBe(0);
    // The stack of a workload that is no longer in the input stays without --prune, so 3 of 6 machines do not go.
    expect((await apply({ web: 1 }, '--yes')).code).toBe(0);
    expect((await apply({ web: 3, api: 3 }, '--yes')).code).toBe(0);
    const { code, stderr } = await apply({ web: 1 }, '--yes', '--prune');
    expect([code, stderr]).toEqual([
      4,
      expect.stringMatching(
        /error: 5 of 6 machines of parts would be removed \(Deployment\/default\/web 3 → 1 and Deployment\/default\/api 3 → 0\)/,
      ),
    ]);
    expect((await describeStack(clients, 'default-parts-Api')).status).toMatch(/_COMPLETE$/);
  });

  test('a volume is named by its id or its object', async () => {
    const Tags = Object.entries({
      'i2kit:app': 'parts',
      'i2kit:env': 'default',
      'i2kit:kind': 'StatefulSet',
      'i2kit:namespace': 'default',
      'i2kit:name': 'db',
    }).map(([Key, Value]) => ({ Key, Value }));
    const { VolumeId = '' } = await clients.ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: 'eu-west-1a',
        Size: 7,
        TagSpecifications: [{ ResourceType: 'volume', Tags }],
      }),
    );
    const volume = {
      Type: 'AWS::EC2::Volume',
      DeletionPolicy: 'Snapshot',
      Properties: { AvailabilityZone: 'eu-west-1a', Size: 1 },
    };
    const tags = { 'i2kit:app': 'parts', 'i2kit:env': 'default' };
    await createStack(clients, 'default-parts-Old', { Resources: { Disk: volume } }, {}, { tags });
    const refused = await apply({ web: 3, api: 3 }, '--yes', '--prune', '--prune-volumes');
    expect([refused.code, refused.stderr]).toEqual([
      4,
      expect.stringContaining(`StatefulSet/default/db: the volume ${VolumeId}, 7 GiB, would be deleted with its data.`),
    ]);
    expect(refused.stderr).toMatch(/error: Disk: the volume vol-\S+ would be deleted; a snapshot is kept\./);
    const allowed = ['--allow-removal', 'StatefulSet/default/db', '--allow-removal', 'Disk'];
    expect((await apply({ web: 3, api: 3 }, '--yes', '--prune', '--prune-volumes', ...allowed)).code).toBe(0);
    const { Volumes = [] } = await clients.ec2.send(new DescribeVolumesCommand({}));
    expect(Volumes.map((each) => each.VolumeId)).not.toContain(VolumeId);
  });
});
