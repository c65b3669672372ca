// Finds the volumes that deleted stacks of an app have left in the account, by their tags.
import { fetchAppStacks } from './appStacks.ts';
import { type Connection, retryingConfig } from './connection.ts';
import { fetchStackResources } from './stackResources.ts';

export interface OrphanVolume {
  readonly id: string;
  readonly sizeGiB: number;
  /** The object that the volume was created for, from its tags. */
  readonly object: string;
}

/** Unattached volumes of the app that are in no stack. */
export async function findOrphanVolumes(
  connection: Connection,
  env: string,
  app: string,
): Promise<readonly OrphanVolume[]> {
  const sdk = await import('@aws-sdk/client-ec2');
  const client = new sdk.EC2Client(retryingConfig(connection.options));
  const used = await fetchStackResourceIds(connection, env);
  const found: OrphanVolume[] = [];
  try {
    const Filters = [
      { Name: 'tag:i2kit:env', Values: [env] },
      { Name: 'tag:i2kit:app', Values: [app] },
      { Name: 'status', Values: ['available'] },
    ];
    for await (const { Volumes = [] } of sdk.paginateDescribeVolumes({ client }, { Filters })) {
      for (const { VolumeId, Size = 0, Tags = [] } of Volumes) {
        const value = (key: string) => Tags.find((each) => each.Key === key)?.Value;
        if (VolumeId === undefined || used.has(VolumeId)) continue;
        found.push({
          id: VolumeId,
          sizeGiB: Size,
          object: `${value('i2kit:kind') ?? 'Volume'}/${value('i2kit:namespace') ?? '?'}/${value('i2kit:name') ?? '?'}`,
        });
      }
    }
  } finally {
    client.destroy();
  }
  return found;
}

/** Physical ids of all resources in stacks of the environment. Fails rather than missing one. */
async function fetchStackResourceIds(
  { clients: { cloudFormation }, options }: Connection,
  env: string,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const StackName of await fetchAppStacks(options, env)) {
    for (const { PhysicalResourceId } of await fetchStackResources(cloudFormation, StackName))
      if (PhysicalResourceId) ids.add(PhysicalResourceId);
  }
  return ids;
}
