// Two regions and a bucket, and an import into them.
import { type Ec2Port, type ImportOptions, importImage } from '../../src/import/index.ts';
import { FakeAws, testClock } from './fakeAws.ts';
import { FakeEbs } from './fakeEbs.ts';
import { FakeEc2 } from './fakeEc2.ts';
import { FakeS3 } from './fakeS3.ts';

export const fixtureKey = 'ab'.repeat(32);
export const homeRegion = 'eu-west-1';
export const copyRegion = 'us-east-1';

export function importFixture(disk: string, over: Partial<ImportOptions> = {}) {
  const world = new FakeAws();
  const store = new FakeS3(world);
  const ebs = { [homeRegion]: new FakeEbs(world, homeRegion), [copyRegion]: new FakeEbs(world, copyRegion) };
  const exists = (bucket: string, object: string) => bucket === store.bucket && store.objects.has(object);
  const ec2 = {
    [homeRegion]: new FakeEc2(world, homeRegion, ebs[homeRegion] as FakeEbs, exists),
    [copyRegion]: new FakeEc2(world, copyRegion, ebs[copyRegion] as FakeEbs, exists),
  };
  const at = <T>(table: Record<string, T>, region: string): T => {
    const found = table[region];
    if (!found) throw new Error(`no region ${region}`);
    return found;
  };
  const options: ImportOptions = {
    disk,
    spec: {
      key: fixtureKey,
      architecture: 'amd64',
      boot: 'uefi',
      encryption: { kind: 'key', keys: { [homeRegion]: 'arn:home', [copyRegion]: 'arn:other' } },
      tags: { team: 'shop' },
    },
    region: homeRegion,
    copies: [copyRegion],
    accounts: ['111122223333'],
    ports: { ebs: at(ebs, homeRegion), ec2: (region): Ec2Port => at(ec2, region), store },
    clock: testClock(),
    ...over,
  };
  return {
    world,
    store,
    ebs: at(ebs, homeRegion),
    ec2: at(ec2, homeRegion),
    copies: at(ec2, copyRegion),
    run: (more: Partial<ImportOptions> = {}) => importImage({ ...options, ...more }),
    /** The final state: everything that costs money. */
    left: () => ({
      snapshots: at(ebs, homeRegion).snapshots.size,
      images: at(ec2, homeRegion).images.size,
      copies: at(ec2, copyRegion).images.size,
      copiedSnapshots: at(ebs, copyRegion).snapshots.size,
      uploads: store.uploads.size,
      objects: store.objects.size,
      violations: world.violations,
    }),
  };
}

export const cleanResult = {
  snapshots: 1,
  images: 1,
  copies: 1,
  copiedSnapshots: 1,
  uploads: 0,
  objects: 0,
  violations: [],
};
