// Lists i2kit's images and snapshots in a region and their uses, and deletes them.

import { type CallOptions, classifyError, type Page, type PageToken, readPages } from '@i2kit/aws';
import type { Caller } from './call.ts';
import type { GcPlan, ListedImage, ListedSnapshot } from './gc.ts';
import { keyTag } from './importJob.ts';
import type { InventoryPort, SnapshotOutput } from './ports.ts';

export interface Inventory {
  readonly images: readonly ListedImage[];
  readonly snapshots: readonly ListedSnapshot[];
  /** Uses of images, by id: machines, and the newest two versions of launch templates. Other accounts count, too. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

export interface RegionClients {
  readonly region: string;
  readonly ec2: InventoryPort;
  readonly call: Caller;
}

/** Everything with i2kit's tag, and nothing else. */
export async function readInventory(at: RegionClients): Promise<Inventory> {
  const images = await listImages(at);
  return {
    images,
    snapshots: await listSnapshots(at),
    users: await findImageUsers(at, new Set(images.map(({ id }) => id))),
  };
}

async function listImages({ region, ec2, call }: RegionClients): Promise<ListedImage[]> {
  const filter = { Owners: ['self'], Filters: [{ Name: 'tag-key', Values: [keyTag] }] };
  const all = await collectPages('DescribeImages', call, (NextToken, options) =>
    ec2.describeImages({ ...filter, ...NextToken }, options),
  );
  return all
    .flatMap(({ Images = [] }) => Images)
    .flatMap(({ ImageId, State = '', Architecture = '', CreationDate, BlockDeviceMappings = [], Tags = [] }) => {
      const disks = BlockDeviceMappings.flatMap(({ Ebs }) => (Ebs ? [Ebs] : []));
      const snapshots = disks.flatMap(({ SnapshotId }) => (SnapshotId ? [SnapshotId] : []));
      const key = Tags.find((tag) => tag.Key === keyTag)?.Value ?? '';
      const size = disks.reduce((sum, disk) => sum + (disk.VolumeSize ?? 0), 0);
      // Without a date it may be new, and new ones are kept.
      const created = Date.parse(CreationDate ?? '') || Date.now();
      return ImageId
        ? [{ id: ImageId, region, key, state: State, architecture: Architecture, size, created, snapshots }]
        : [];
    });
}

async function listSnapshots({ region, ec2, call }: RegionClients): Promise<ListedSnapshot[]> {
  const filter = { OwnerIds: ['self'], Filters: [{ Name: 'tag-key', Values: [keyTag] }] };
  const all = await collectPages('DescribeSnapshots', call, (NextToken, options) =>
    ec2.describeSnapshots({ ...filter, ...NextToken }, options),
  );
  const listed = ({ SnapshotId, StartTime }: SnapshotOutput) =>
    SnapshotId ? [{ id: SnapshotId, region, created: StartTime?.getTime() ?? Date.now() }] : [];
  return all.flatMap(({ Snapshots = [] }) => Snapshots).flatMap(listed);
}

/** Versions of a launch template that count: the current one, and the one that a rollback would restore. */
const countedTemplateVersions = 2;

async function findImageUsers(
  { ec2, call }: RegionClients,
  ours: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, Set<string>>();
  const note = (image: string | undefined, who: string): void => {
    if (image !== undefined && ours.has(image)) users.set(image, (users.get(image) ?? new Set()).add(who));
  };
  if (ours.size === 0) return new Map();
  const found = await collectPages('DescribeInstances', call, (NextToken, options) =>
    ec2.describeInstances({ ...NextToken }, options),
  );
  for (const { Instances = [] } of found.flatMap(({ Reservations = [] }) => Reservations))
    for (const { ImageId, InstanceId = '', State } of Instances)
      if (State?.Name !== 'terminated') note(ImageId, InstanceId);
  const templates = await collectPages('DescribeLaunchTemplates', call, (NextToken, options) =>
    ec2.describeLaunchTemplates({ ...NextToken }, options),
  );
  for (const template of templates.flatMap(({ LaunchTemplates = [] }) => LaunchTemplates)) {
    const { LaunchTemplateId = '', LaunchTemplateName = '', LatestVersionNumber = 1, Tags = [] } = template;
    const stack = Tags.find((tag) => tag.Key === 'aws:cloudformation:stack-name')?.Value ?? LaunchTemplateName;
    const MinVersion = String(Math.max(1, LatestVersionNumber - countedTemplateVersions + 1));
    const listed = await collectPages('DescribeLaunchTemplateVersions', call, (NextToken, options) =>
      ec2.describeLaunchTemplateVersions({ LaunchTemplateId, MinVersion, ...NextToken }, options),
    );
    for (const { LaunchTemplateData, VersionNumber } of listed.flatMap(
      ({ LaunchTemplateVersions = [] }) => LaunchTemplateVersions,
    ))
      note(LaunchTemplateData?.ImageId, VersionNumber === LatestVersionNumber ? stack : `${stack} (before)`);
  }
  for (const id of ours) {
    // Machines of other accounts are not visible from here.
    const ask = { ImageId: id, Attribute: 'launchPermission' as const };
    const { LaunchPermissions = [] } = await call('DescribeImageAttribute', (options) =>
      ec2.describeImageAttribute(ask, options),
    );
    for (const { UserId } of LaunchPermissions) if (UserId) note(id, `shared with ${UserId}`);
  }
  return new Map([...users].map(([image, who]) => [image, [...who].sort()]));
}

/** Executes the plan of a region; ignores resources that another run has deleted meanwhile. */
export async function deleteUnused(
  { region, ec2, call }: RegionClients,
  plan: GcPlan,
  done: (id: string) => void,
): Promise<void> {
  for (const { id, region: where } of plan.deregister) {
    if (where !== region) continue;
    await ignoreAbsent(call('DeregisterImage', (options) => ec2.deregisterImage({ ImageId: id }, options)));
    done(id);
  }
  for (const { id, region: where } of plan.deleteSnapshots) {
    if (where !== region) continue;
    await ignoreAbsent(call('DeleteSnapshot', (options) => ec2.deleteSnapshot({ SnapshotId: id }, options)));
    done(id);
  }
}

const ignoreAbsent = (removal: Promise<unknown>): Promise<unknown> =>
  removal.catch((error: unknown) => {
    if (classifyError(error)?.kind !== 'absent') throw error;
  });

async function collectPages<P extends Page>(
  action: string,
  call: Caller,
  read: (from: PageToken, options: CallOptions) => Promise<P>,
): Promise<readonly P[]> {
  const all: P[] = [];
  for await (const page of readPages((from) => call(action, (options) => read(from, options)))) all.push(page);
  return all;
}
