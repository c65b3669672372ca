// A world of two regions and a bucket, and an import into it.
import { type Ec2Port, type ImportOptions, importImage } from '../../src/import/index.ts';
import { FakeEbs } from './fake-ebs.ts';
import { FakeEc2 } from './fake-ec2.ts';
import { FakeS3 } from './fake-s3.ts';
import { testClock, World } from './world.ts';

export const key = 'ab'.repeat(32);
export const home = 'eu-west-1';
export const other = 'us-east-1';

export function setting(disk: string, over: Partial<ImportOptions> = {}) {
  const world = new World();
  const store = new FakeS3(world);
  const ebs = { [home]: new FakeEbs(world, home), [other]: new FakeEbs(world, other) };
  const exists = (bucket: string, object: string) => bucket === store.bucket && store.objects.has(object);
  const ec2 = {
    [home]: new FakeEc2(world, home, ebs[home] as FakeEbs, exists),
    [other]: new FakeEc2(world, other, ebs[other] as FakeEbs, exists),
  };
  const at = <T>(table: Record<string, T>, region: string): T => {
    const found = table[region];
    if (!found) throw new Error(`no region ${region}`);
    return found;
  };
  const options: ImportOptions = {
    disk,
    spec: {
      key,
      architecture: 'amd64',
      boot: 'uefi',
      encryption: { kind: 'key', keys: { [home]: 'arn:home', [other]: 'arn:other' } },
      tags: { team: 'shop' },
    },
    region: home,
    copies: [other],
    accounts: ['111122223333'],
    ports: { ebs: at(ebs, home), ec2: (region): Ec2Port => at(ec2, region), store },
    clock: testClock(),
    ...over,
  };
  return {
    world,
    store,
    ebs: at(ebs, home),
    ec2: at(ec2, home),
    copies: at(ec2, other),
    run: (more: Partial<ImportOptions> = {}) => importImage({ ...options, ...more }),
    /** What exists in the end: everything that costs money. */
    left: () => ({
      snapshots: at(ebs, home).snapshots.size,
      images: at(ec2, home).images.size,
      copies: at(ec2, other).images.size,
      copiedSnapshots: at(ebs, other).snapshots.size,
      uploads: store.uploads.size,
      objects: store.objects.size,
      violations: world.violations,
    }),
  };
}

export const onlyOne = { snapshots: 1, images: 1, copies: 1, copiedSnapshots: 1, uploads: 0, objects: 0, violations: [] };
