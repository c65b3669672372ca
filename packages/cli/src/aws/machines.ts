// What EC2 knows of machines and Auto Scaling does not: image, address, age.
import type { SdkOptions } from '@i2kit/runner';

export interface MachineFacts {
  readonly image: string;
  readonly type: string;
  readonly address: string;
  /** ISO 8601. */
  readonly launched: string;
}

/** By id; one that is gone meanwhile is left out. */
export async function machineFacts(options: SdkOptions, ids: readonly string[]): Promise<ReadonlyMap<string, MachineFacts>> {
  const found = new Map<string, MachineFacts>();
  if (ids.length === 0) return found;
  const sdk = await import('@aws-sdk/client-ec2');
  const { region, endpoint, profile } = options;
  const client = new sdk.EC2Client({ region, ...(endpoint && { endpoint }), ...(profile && { profile }) });
  try {
    for (let at = 0; at < ids.length; at += 100) {
      // A filter, unlike a list of ids, does not fail for one that is gone.
      const Filters = [{ Name: 'instance-id', Values: ids.slice(at, at + 100) }];
      for await (const { Reservations = [] } of sdk.paginateDescribeInstances({ client }, { Filters })) {
        for (const each of Reservations.flatMap(({ Instances = [] }) => Instances)) {
          found.set(each.InstanceId ?? '', {
            image: each.ImageId ?? '',
            type: each.InstanceType ?? '',
            address: each.PrivateIpAddress ?? '',
            launched: each.LaunchTime?.toISOString() ?? '',
          });
        }
      }
    }
  } finally {
    client.destroy();
  }
  return found;
}
