// AWS::AutoScaling::AutoScalingGroup: one machine per replica, replaced by rolling updates that wait for signals.
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
import { deadlineMetadata, pauseSeconds, signalSeconds } from '../timing.ts';

export const autoScalingGroups: Emitter = (context) => ({
  resources: Object.fromEntries(
    longRunningGroups(context).map((group) => [
      ids.machineGroup.autoScalingGroup(group),
      resource('AWS::AutoScaling::AutoScalingGroup', {
        Metadata: { ...originMetadata(group.replicas.origin), ...deadlineMetadata(group) },
        ...dependsOn(context, group),
        ...creationAndUpdatePolicy(context, group),
        Properties: {
          // A machine with a volume or an address of its own ends before its replacement starts.
          MinSize: String(
            group.ordinal !== undefined || context.volumesOf(group).length > 0 ? 0 : group.replicas.count,
          ),
          // The policies of an autoscaler would use room for a surge, too.
          MaxSize: String(group.scaling?.maxMachines ?? Math.max(1, group.replicas.count + group.rollout.maxSurge)),
          // An update must not reset a capacity that follows the load.
          ...(group.scaling === undefined ? { DesiredCapacity: String(group.replicas.count) } : {}),
          ...placementProperties(context, group),
          LaunchTemplate: {
            LaunchTemplateId: ref(ids.machineGroup.launchTemplate(group)),
            // With `$Latest` the text would not change, so an update would not replace machines.
            Version: getAtt(ids.machineGroup.launchTemplate(group), 'LatestVersionNumber'),
          },
          // The agent handles readiness and liveness; the group only replaces machines that fail.
          HealthCheckType: 'EC2',
          ...(targetGroupArns(context, group).length === 0 ? {} : { TargetGroupARNs: targetGroupArns(context, group) }),
          ...maintenancePolicy(group),
          LifecycleHookSpecificationList: [
            {
              LifecycleHookName: terminationHookName,
              LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
              HeartbeatTimeout: heartbeatSeconds(group),
              DefaultResult: 'CONTINUE',
            },
          ],
          Tags: machineTags(context, group).map((tag) => ({
            ...tag,
            PropagateAtLaunch: true,
          })),
        },
      }),
    ]),
  ),
});

const longRunningGroups = ({ plan }: EmitContext) => plan.groups.filter(({ job }) => job === undefined);

/** A machine signals once it is reachable, and its targets become healthy only once a listener exists. */
function dependsOn(context: EmitContext, group: MachineGroup) {
  const ready = [
    ...context.endpointsOf(group).flatMap((endpoint) => [...listenerIds(context, endpoint), privateRecordId(endpoint)]),
    ...ordinalDependencies(context, group),
    ...(group.ordinal?.startAfter === undefined
      ? []
      : [ids.machineGroup.autoScalingGroup(context.group(group.ordinal.startAfter))]),
    ...context.routerBackendsOf(group).flatMap(({ router, backend }) => backendDependencies(router, backend)),
  ];
  return ready.length === 0 ? {} : { DependsOn: [...new Set(ready)].sort() };
}

/** Processes that could start or terminate machines during a rolling update. */
const suspendedProcesses = [
  'HealthCheck',
  'ReplaceUnhealthy',
  'AZRebalance',
  'AlarmNotification',
  'ScheduledActions',
  'InstanceRefresh',
];

function creationAndUpdatePolicy(context: EmitContext, group: MachineGroup) {
  const { replicas, rollout } = group;
  const creation = { ResourceSignal: { Count: replicas.count, Timeout: isoDuration(signalSeconds(context, group)) } };
  const pause = isoDuration(pauseSeconds(context, group));
  return {
    ...(replicas.count === 0 ? {} : { CreationPolicy: creation }),
    ...(rollout.onDelete ? {} : { UpdatePolicy: rollingUpdatePolicy(replicas.count, rollout, pause) }),
  };
}

function rollingUpdatePolicy(count: number, rollout: Rollout, pause: string) {
  return {
    AutoScalingRollingUpdate: {
      MinInstancesInService: Math.max(0, count - rollout.maxUnavailable),
      MaxBatchSize: Math.max(1, rollout.maxSurge + rollout.maxUnavailable),
      MinSuccessfulInstancesPercent: 100,
      WaitOnResourceSignals: true,
      PauseTime: pause,
      SuspendProcesses: suspendedProcesses,
    },
  };
}

/**
 * The disruption budget, for machines that AWS replaces:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html
 */
function maintenancePolicy({ replicas: { count }, rollout: { disruptionBudget: budget } }: MachineGroup) {
  if (budget === undefined || count === 0) return {};
  const least = Math.ceil(((count - budget) / count) * 100);
  // The maximum may exceed the minimum by at most 100; above 100 % the replacement starts first.
  return {
    InstanceMaintenancePolicy: { MinHealthyPercentage: least, MaxHealthyPercentage: Math.min(200, least + 100) },
  };
}

/**
 * Auto Scaling accepts 30 to 7200 s. The agent sends heartbeats; a machine without a working agent ends after this
 * time.
 */
const heartbeatSeconds = ({ rollout }: MachineGroup) => Math.min(7200, Math.max(30, rollout.graceSeconds + 60));

/** A launch template with a network interface determines the subnet, so the group may only set the zone. */
const placementProperties = (context: EmitContext, group: MachineGroup) =>
  group.ordinal === undefined
    ? { VPCZoneIdentifier: subnetsOf(context, group) }
    : { AvailabilityZones: group.machine.zones ?? [] };

const targetGroupArns = (context: EmitContext, group: MachineGroup) => [
  ...context
    .endpointsOf(group)
    .flatMap((endpoint) => targetGroupIds(context, endpoint).map((id): Value<string> => ref(id))),
  ...context
    .routerBackendsOf(group)
    .map(({ router, backend }): Value<string> => ref(routerTargetGroupId(router, backend))),
];
