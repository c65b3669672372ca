// Reads a stack's machine groups: how many machines are desired, in service and healthy, and EC2's facts of each.

import type { MachinesPort, ResourceEvent, SdkOptions } from '@i2kit/runner';
import { retryingConfig } from '../../aws/connection.ts';
import type { ResourceOrigins } from '../../aws/resourceOrigins.ts';

/** The number of machines that serve. */
export interface ServingCount {
  readonly desired: number;
  readonly inService: number;
  /** Of its load balancers' targets; absent without load balancers. */
  readonly healthy?: number;
  readonly targets?: number;
}

export interface Workload extends ServingCount {
  readonly object: string;
  /** Only for a single machine group. */
  readonly group?: string;
  /** Of a StatefulSet, which has one group per ordinal; the counts are their sums. */
  readonly ordinals?: readonly Ordinal[];
  /** A load balancer has not determined the health of one of them yet. */
  readonly waits?: true;
  readonly machines: readonly Machine[];
}

export interface Ordinal extends ServingCount {
  /** The pod's, e.g. `db-0`. */
  readonly name: string;
  readonly group: string;
}

/** Auto Scaling's facts; EC2's if requested. */
export interface Machine extends Partial<MachineFacts> {
  readonly id: string;
  readonly state: string;
  readonly health: string;
  readonly zone: string;
  /** The pod, whose name does not depend on its machine. */
  readonly pod?: string;
}

export type GroupResource = Pick<ResourceEvent, 'logicalId' | 'physicalId'>;

/** The reason of a target's state `initial`. */
const pendingReasons = /Elb\.(RegistrationInProgress|InitialHealthChecking)/;

/**
 * In the order of the groups. `machines` requests the health of targets; `closely` also EC2's facts of each machine.
 */
export async function fetchWorkloads(
  options: SdkOptions,
  groups: readonly GroupResource[],
  origins: ResourceOrigins,
  machines: MachinesPort,
  closely: boolean,
): Promise<readonly Workload[]> {
  if (groups.length === 0) return [];
  const sdk = await import('@aws-sdk/client-auto-scaling');
  const client = new sdk.AutoScalingClient(retryingConfig(options));
  const found: import('@aws-sdk/client-auto-scaling').AutoScalingGroup[] = [];
  // As many as one answer holds.
  for (let at = 0; at < groups.length; at += 50) {
    const names = groups.slice(at, at + 50).map(({ physicalId }) => physicalId);
    const answer = await client.send(
      new sdk.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names, MaxRecords: 100 }),
    );
    found.push(...(answer.AutoScalingGroups ?? []));
  }
  client.destroy();
  const ids = closely ? found.flatMap(({ Instances = [] }) => Instances.map((each) => each.InstanceId ?? '')) : [];
  const facts = await fetchMachineFacts(options, ids);
  const each = await Promise.all(
    groups.map(async ({ logicalId, physicalId }): Promise<GroupStatus> => {
      const group = found.find(({ AutoScalingGroupName }) => AutoScalingGroupName === physicalId);
      const instances = group?.Instances ?? [];
      const tag = (key: string) => group?.Tags?.find(({ Key }) => Key === key)?.Value;
      const pod = tag('i2kit:kind') === 'StatefulSet' ? tag('Name') : undefined;
      const health = await Promise.all((group?.TargetGroupARNs ?? []).map((arn) => machines.targetHealth(arn)));
      // A machine behind several ports counts once: the least healthy port decides.
      const least = health.toSorted((a, b) => a.healthy - b.healthy)[0];
      return {
        object: origins[logicalId] ?? logicalId,
        group: physicalId,
        ...(pod !== undefined && { pod }),
        desired: group?.DesiredCapacity ?? 0,
        inService: instances.filter(({ LifecycleState }) => LifecycleState === 'InService').length,
        ...(least && { healthy: least.healthy, targets: least.total }),
        ...(health.some(({ reasons }) => reasons.some((reason) => pendingReasons.test(reason))) && { waits: true }),
        machines: instances.map((instance) => ({
          id: instance.InstanceId ?? '',
          state: instance.LifecycleState ?? '',
          health: instance.HealthStatus ?? '',
          zone: instance.AvailabilityZone ?? '',
          ...(pod !== undefined && { pod }),
          ...facts.get(instance.InstanceId ?? ''),
        })),
      };
    }),
  );
  return mergeOrdinals(each);
}

/** One group as Auto Scaling reports it. */
export type GroupStatus = Workload & { readonly group: string; readonly pod?: string };

/** Merges the groups of a StatefulSet into one workload, at the place of the first, by ordinal. */
export function mergeOrdinals(all: readonly GroupStatus[]): readonly Workload[] {
  const parts = new Map<string, GroupStatus[]>();
  for (const one of all) {
    const key = one.pod === undefined ? one.group : one.object;
    parts.set(key, [...(parts.get(key) ?? []), one]);
  }
  return [...parts.values()].map(
    (same): Workload => (same[0]?.pod === undefined ? (same[0] as GroupStatus) : sumOrdinals(same)),
  );
}

function sumOrdinals(unsorted: readonly GroupStatus[]): Workload {
  const ordinalOf = ({ pod = '' }: GroupStatus) => Number(pod.slice(pod.lastIndexOf('-') + 1));
  const all = unsorted.toSorted((a, b) => ordinalOf(a) - ordinalOf(b));
  const sum = (of: (one: GroupStatus) => number | undefined) => all.reduce((total, one) => total + (of(one) ?? 0), 0);
  return {
    object: all[0]?.object ?? '',
    desired: sum(({ desired }) => desired),
    inService: sum(({ inService }) => inService),
    ...(all.some(({ targets }) => targets !== undefined) && {
      healthy: sum((one) => one.healthy),
      targets: sum((one) => one.targets),
    }),
    ...(all.some(({ waits }) => waits) && { waits: true }),
    ordinals: all.map(({ pod = '', group, desired, inService, healthy, targets }) => ({
      name: pod,
      group,
      desired,
      inService,
      ...(healthy !== undefined && targets !== undefined && { healthy, targets }),
    })),
    machines: all.flatMap(({ machines }) => machines),
  };
}

/** EC2's facts that Auto Scaling lacks: image, address, age. */
export interface MachineFacts {
  readonly image: string;
  readonly type: string;
  readonly address: string;
  /** ISO 8601. */
  readonly launched: string;
}

/** By id; a machine that is gone meanwhile is left out. */
export async function fetchMachineFacts(
  options: SdkOptions,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MachineFacts>> {
  const found = new Map<string, MachineFacts>();
  if (ids.length === 0) return found;
  const sdk = await import('@aws-sdk/client-ec2');
  const client = new sdk.EC2Client(retryingConfig(options));
  try {
    for (let at = 0; at < ids.length; at += 100) {
      // A filter, unlike a list of ids, does not fail for a machine that is gone.
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
