// AWS::AutoScaling::AutoScalingGroup: one machine per replica, replaced in a rolling update that waits for signals.
import type { MachineGroup, Rollout } from '../../../plan.ts';
import { getAtt, isoDuration, ref, resource, type Value } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import { subnetsOf } from '../launchData.ts';
import { backendDependencies, routerTargetGroupId } from '../listenerRules.ts';
import * as ids from '../logicalIds.ts';
import {
  listenerIds,
  ordinalDependencies,
  privateRecordId,
  targetGroupIds,
  terminationHookName,
} from '../resourceRefs.ts';
import { machineTags } from '../tags.ts';
import { pauseSeconds, signalSeconds } from '../timing.ts';

export const autoScalingGroups: Emitter = (target) => ({
  resources: Object.fromEntries(
    longRunningGroups(target).map((group) => [
      ids.machineGroup.group(group),
      resource('AWS::AutoScaling::AutoScalingGroup', {
        Metadata: originMetadata(group.replicas.origin),
        ...dependsOn(target, group),
        ...creationAndUpdatePolicy(target, group),
        Properties: {
          // A machine with a disk or an address of its own goes before the next one comes.
          MinSize: String(group.ordinal !== undefined || target.volumesOf(group).length > 0 ? 0 : group.replicas.count),
          MaxSize: String(Math.max(1, (group.scaling?.maxMachines ?? group.replicas.count) + group.rollout.surge)),
          // What follows a load is not set back by an update.
          ...(group.scaling === undefined ? { DesiredCapacity: String(group.replicas.count) } : {}),
          ...placementProperties(target, group),
          LaunchTemplate: {
            LaunchTemplateId: ref(ids.machineGroup.template(group)),
            // `$Latest` would be the same text after a change, and roll nothing.
            Version: getAtt(ids.machineGroup.template(group), 'LatestVersionNumber'),
          },
          // Readiness drains and liveness restarts: both are the agent's; only a dead machine is the group's to replace.
          HealthCheckType: 'EC2',
          ...(targetGroupArns(target, group).length === 0 ? {} : { TargetGroupARNs: targetGroupArns(target, group) }),
          ...maintenancePolicy(group),
          LifecycleHookSpecificationList: [
            {
              LifecycleHookName: terminationHookName,
              LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
              HeartbeatTimeout: heartbeatSeconds(group),
              DefaultResult: 'CONTINUE',
            },
          ],
          Tags: machineTags(target, group).map((tag) => ({
            ...tag,
            PropagateAtLaunch: true,
          })),
        },
      }),
    ]),
  ),
});

const longRunningGroups = ({ plan }: EmitContext) => plan.groups.filter(({ job: task }) => task === undefined);

/** A machine that signals must be reachable by then: its targets can only be healthy once there is a listener. */
function dependsOn(target: EmitContext, group: MachineGroup) {
  const ready = [
    ...target.endpointsOf(group).flatMap((endpoint) => [...listenerIds(target, endpoint), privateRecordId(endpoint)]),
    ...ordinalDependencies(target, group),
    ...(group.ordinal?.after === undefined ? [] : [ids.machineGroup.group(target.group(group.ordinal.after))]),
    ...target.routerBackendsOf(group).flatMap(({ router, backend }) => backendDependencies(router, backend)),
  ];
  return ready.length === 0 ? {} : { DependsOn: [...new Set(ready)].sort() };
}

/** Processes that would start or stop machines in the middle of a rolling update. */
const suspendedProcesses = [
  'HealthCheck',
  'ReplaceUnhealthy',
  'AZRebalance',
  'AlarmNotification',
  'ScheduledActions',
  'InstanceRefresh',
];

function creationAndUpdatePolicy(target: EmitContext, group: MachineGroup) {
  const { replicas, rollout } = group;
  const creation = { ResourceSignal: { Count: replicas.count, Timeout: isoDuration(signalSeconds(target, group)) } };
  const pause = isoDuration(pauseSeconds(target, group));
  return {
    ...(replicas.count === 0 ? {} : { CreationPolicy: creation }),
    ...(rollout.onDelete ? {} : { UpdatePolicy: rollingUpdatePolicy(replicas.count, rollout, pause) }),
  };
}

function rollingUpdatePolicy(count: number, rollout: Rollout, pause: string) {
  return {
    AutoScalingRollingUpdate: {
      MinInstancesInService: Math.max(0, count - rollout.unavailable),
      MaxBatchSize: Math.max(1, rollout.surge + rollout.unavailable),
      MinSuccessfulInstancesPercent: 100,
      WaitOnResourceSignals: true,
      PauseTime: pause,
      SuspendProcesses: suspendedProcesses,
    },
  };
}

/** What a budget says of instances that AWS replaces: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html */
function maintenancePolicy({ replicas: { count }, rollout: { disruptionBudget: budget } }: MachineGroup) {
  if (budget === undefined || count === 0) return {};
  const least = Math.ceil(((count - budget) / count) * 100);
  // At the most 100 more than the least; over 100 where no machine may be missing, so that one comes first.
  return {
    InstanceMaintenancePolicy: { MinHealthyPercentage: least, MaxHealthyPercentage: Math.min(200, least + 100) },
  };
}

/** Auto Scaling takes 30 to 7200 s between heartbeats, which the agent sends; a dead agent holds a machine no longer than this. */
const heartbeatSeconds = ({ rollout }: MachineGroup) => Math.min(7200, Math.max(30, rollout.graceSeconds + 60));

/** Where the launch template names the interface, that has the subnet, and the group may only say the zone. */
const placementProperties = (target: EmitContext, group: MachineGroup) =>
  group.ordinal === undefined
    ? { VPCZoneIdentifier: subnetsOf(target, group) }
    : { AvailabilityZones: group.machine.zones ?? [] };

const targetGroupArns = (target: EmitContext, group: MachineGroup) => [
  ...target
    .endpointsOf(group)
    .flatMap((endpoint) => targetGroupIds(target, endpoint).map((id): Value<string> => ref(id))),
  ...target
    .routerBackendsOf(group)
    .map(({ router, backend }): Value<string> => ref(routerTargetGroupId(router, backend))),
];
