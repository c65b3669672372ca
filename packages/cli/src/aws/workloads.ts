// A stack's machine groups as they are now: how many machines are wanted, are there, and are healthy.
import type { MachinesPort, ResourceEvent, SdkOptions } from '@i2kit/runner';
import type { Origins } from './origins.ts';

export interface Workload {
  readonly object: string;
  readonly group: string;
  readonly desired: number;
  readonly inService: number;
  /** Of the targets of its load balancers; absent where it has none. */
  readonly healthy?: number;
  readonly targets?: number;
  readonly machines: readonly { readonly id: string; readonly state: string; readonly health: string; readonly zone: string }[];
}

export type Group = Pick<ResourceEvent, 'logicalId' | 'physicalId'>;

/** In the order of the groups. `machines` asks for the health of targets. */
export async function workloads(
  options: SdkOptions,
  groups: readonly Group[],
  origins: Origins,
  machines: MachinesPort,
): Promise<readonly Workload[]> {
  if (groups.length === 0) return [];
  const sdk = await import('@aws-sdk/client-auto-scaling');
  const { region, endpoint, profile } = options;
  const client = new sdk.AutoScalingClient({ region, ...(endpoint && { endpoint }), ...(profile && { profile }) });
  const found: import('@aws-sdk/client-auto-scaling').AutoScalingGroup[] = [];
  // As many at a time as one answer holds.
  for (let at = 0; at < groups.length; at += 50) {
    const names = groups.slice(at, at + 50).map(({ physicalId }) => physicalId);
    const answer = await client.send(new sdk.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names, MaxRecords: 100 }));
    found.push(...(answer.AutoScalingGroups ?? []));
  }
  client.destroy();
  return Promise.all(
    groups.map(async ({ logicalId, physicalId }) => {
      const group = found.find((each) => each.AutoScalingGroupName === physicalId);
      const instances = group?.Instances ?? [];
      const health = await Promise.all((group?.TargetGroupARNs ?? []).map((arn) => machines.targetHealth(arn)));
      // A machine behind two ports counts once: the port that has least says how many serve.
      const least = health.toSorted((a, b) => a.healthy - b.healthy)[0];
      return {
        object: origins[logicalId] ?? logicalId,
        group: physicalId,
        desired: group?.DesiredCapacity ?? 0,
        inService: instances.filter((each) => each.LifecycleState === 'InService').length,
        ...(least && { healthy: least.healthy, targets: least.total }),
        machines: instances.map((each) => ({
          id: each.InstanceId ?? '',
          state: each.LifecycleState ?? '',
          health: each.HealthStatus ?? '',
          zone: each.AvailabilityZone ?? '',
        })),
      };
    }),
  );
}
