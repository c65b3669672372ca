// A stack's machine groups as they are now: how many machines are wanted, are there, and are healthy.
import type { MachinesPort, ResourceEvent, SdkOptions } from '@i2kit/runner';
import { type MachineFacts, machineFacts } from './machines.ts';
import type { Origins } from './origins.ts';

export interface Workload {
  readonly object: string;
  readonly group: string;
  readonly desired: number;
  readonly inService: number;
  /** Of the targets of its load balancers; absent where it has none. */
  readonly healthy?: number;
  readonly targets?: number;
  /** A load balancer has not made up its mind about one of them. */
  readonly waits?: true;
  readonly machines: readonly Machine[];
}

/** As Auto Scaling sees it; the facts of EC2 where they were asked for. */
export interface Machine extends Partial<MachineFacts> {
  readonly id: string;
  readonly state: string;
  readonly health: string;
  readonly zone: string;
}

export type Group = Pick<ResourceEvent, 'logicalId' | 'physicalId'>;

/** A target's state `initial`, as its reason says it. */
const initial = /Elb\.(RegistrationInProgress|InitialHealthChecking)/;

/** In the order of the groups. `machines` asks for the health of targets; `closely` asks EC2 about each machine. */
export async function workloads(
  options: SdkOptions,
  groups: readonly Group[],
  origins: Origins,
  machines: MachinesPort,
  closely: boolean,
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
  const ids = closely ? found.flatMap(({ Instances = [] }) => Instances.map((each) => each.InstanceId ?? '')) : [];
  const facts = await machineFacts(options, ids);
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
        ...(health.some(({ reasons }) => reasons.some((reason) => initial.test(reason))) && { waits: true }),
        machines: instances.map((each) => ({
          id: each.InstanceId ?? '',
          state: each.LifecycleState ?? '',
          health: each.HealthStatus ?? '',
          zone: each.AvailabilityZone ?? '',
          ...facts.get(each.InstanceId ?? ''),
        })),
      };
    }),
  );
}
