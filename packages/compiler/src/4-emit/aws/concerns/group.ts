// AWS::AutoScaling::AutoScalingGroup: one machine per replica, replaced in a rolling update that waits for signals.
import type { MachineGroup, Rollout } from '../../../plan.ts';
import { getAtt, ref, resource, type Value } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import { duration } from '../duration.ts';
import * as ids from '../ids.ts';
import { leadingTo, targetsId } from '../routing.ts';
import { subnets } from '../subnets.ts';
import { machineTags } from '../tags.ts';
import { drainHook, listenerIds, ownNames, privateRecordId, targetIds } from '../wiring.ts';

export const group: Concern = (target) => ({
  resources: Object.fromEntries(
    keptGroups(target).map((group) => [
      ids.group.group(group),
      resource('AWS::AutoScaling::AutoScalingGroup', {
        Metadata: originOf(group.replicas.origin),
        ...dependencies(target, group),
        ...policies(group),
        Properties: {
          // A machine with a disk or an address of its own goes before the next one comes.
          MinSize: String(group.ordinal !== undefined || target.volumesOf(group).length > 0 ? 0 : group.replicas.count),
          MaxSize: String(Math.max(1, (group.scaling?.most ?? group.replicas.count) + group.rollout.surge)),
          // What follows a load is not set back by an update.
          ...(group.scaling === undefined ? { DesiredCapacity: String(group.replicas.count) } : {}),
          ...place(target, group),
          LaunchTemplate: {
            LaunchTemplateId: ref(ids.group.template(group)),
            // `$Latest` would be the same text after a change, and roll nothing.
            Version: getAtt(ids.group.template(group), 'LatestVersionNumber'),
          },
          // Readiness drains and liveness restarts: both are the agent's; only a dead machine is the group's to replace.
          HealthCheckType: 'EC2',
          ...(targetArns(target, group).length === 0 ? {} : { TargetGroupARNs: targetArns(target, group) }),
          ...maintenance(group),
          LifecycleHookSpecificationList: [
            {
              LifecycleHookName: drainHook,
              LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
              HeartbeatTimeout: heartbeat(group),
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

const keptGroups = ({ plan }: Target) => plan.groups.filter(({ task }) => task === undefined);

/** A machine that signals must be reachable by then: its targets can only be healthy once there is a listener. */
function dependencies(target: Target, group: MachineGroup) {
  const ready = [
    ...target.endpointsOf(group).flatMap((endpoint) => [...listenerIds(target, endpoint), privateRecordId(endpoint)]),
    ...ownNames(target, group),
    ...(group.ordinal?.after === undefined ? [] : [ids.group.group(target.group(group.ordinal.after))]),
    ...target.routedTo(group).flatMap(({ router, backend }) => leadingTo(router, backend)),
  ];
  return ready.length === 0 ? {} : { DependsOn: [...new Set(ready)].sort() };
}

/** Processes that would start or stop machines in the middle of a rolling update. */
const suspended = ['HealthCheck', 'ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions', 'InstanceRefresh'];

function policies({ replicas: { count }, rollout }: MachineGroup) {
  const pause = duration(Math.min(longestPause, rollout.deadlineSeconds));
  return {
    ...(count === 0 ? {} : { CreationPolicy: { ResourceSignal: { Count: count, Timeout: pause } } }),
    ...(rollout.untouched ? {} : { UpdatePolicy: rolling(count, rollout, pause) }),
  };
}

function rolling(count: number, rollout: Rollout, pause: string) {
  return {
    AutoScalingRollingUpdate: {
      MinInstancesInService: Math.max(0, count - rollout.unavailable),
      MaxBatchSize: Math.max(1, rollout.surge + rollout.unavailable),
      MinSuccessfulInstancesPercent: 100,
      WaitOnResourceSignals: true,
      PauseTime: pause,
      SuspendProcesses: suspended,
    },
  };
}

/** What a budget says of instances that AWS replaces: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html */
function maintenance({ replicas: { count }, rollout: { budget } }: MachineGroup) {
  if (budget === undefined || count === 0) return {};
  const least = Math.ceil(((count - budget) / count) * 100);
  // At the most 100 more than the least; over 100 where no machine may be missing, so that one comes first.
  return { InstanceMaintenancePolicy: { MinHealthyPercentage: least, MaxHealthyPercentage: Math.min(200, least + 100) } };
}

/** CloudFormation waits for an hour at the most. */
const longestPause = 3600;

/** Auto Scaling takes 30 to 7200 s between heartbeats, which the agent sends; a dead agent holds a machine no longer than this. */
const heartbeat = ({ rollout }: MachineGroup) => Math.min(7200, Math.max(30, rollout.graceSeconds + 60));

/** Where the launch template names the interface, that has the subnet, and the group may only say the zone. */
const place = (target: Target, group: MachineGroup) =>
  group.ordinal === undefined ? { VPCZoneIdentifier: subnets(target, group) } : { AvailabilityZones: group.machine.zones ?? [] };

const targetArns = (target: Target, group: MachineGroup) => [
  ...target.endpointsOf(group).flatMap((endpoint) => targetIds(target, endpoint).map((id): Value<string> => ref(id))),
  ...target.routedTo(group).map(({ router, backend }): Value<string> => ref(targetsId(router, backend))),
];
