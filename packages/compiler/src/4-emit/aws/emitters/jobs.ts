// Jobs: an EC2 instance for each completion, which terminates itself. A CronJob is an Auto Scaling group with a
// scheduled action.

import type { Job, MachineGroup } from '../../../plan.ts';
import { getAtt, isoDuration, type Resource, ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import {
  firstSubnetOf,
  isOneTimeJob,
  jobInstanceIds,
  networkInterfaceSpecification,
  subnetsOf,
} from '../launchData.ts';
import * as ids from '../logicalIds.ts';
import { machineTags } from '../tags.ts';
import { signalSeconds } from '../timing.ts';
import { userData } from '../userData.ts';

/**
 * AWS::EC2::Instance: one machine for each completion of a Job. It runs the pod to completion and terminates itself;
 * the stack waits for it. The id contains a hash of the pod: a changed template means another machine, as in Kubernetes
 * it means another Job.
 */
export const jobInstances: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.groups.filter(isOneTimeJob).flatMap((group) => instancesOf(context, group)),
  ),
});

function instancesOf(context: EmitContext, group: MachineGroup) {
  const all = jobInstanceIds(context, group);
  const { AssociatePublicIpAddress, Groups } = networkInterfaceSpecification(context, group);
  return all.map((id, index) => {
    // With parallelism, an instance starts when an earlier one has succeeded.
    const before = all[index - (group.job?.parallelism ?? 1)];
    return [
      id,
      resource('AWS::EC2::Instance', {
        Metadata: originMetadata(group.replicas.origin),
        ...(before === undefined ? {} : { DependsOn: [before] }),
        CreationPolicy: { ResourceSignal: { Count: 1, Timeout: isoDuration(signalSeconds(context, group)) } },
        Properties: {
          LaunchTemplate: {
            LaunchTemplateId: ref(ids.machineGroup.launchTemplate(group)),
            Version: getAtt(ids.machineGroup.launchTemplate(group), 'LatestVersionNumber'),
          },
          NetworkInterfaces: [
            {
              DeviceIndex: '0',
              AssociatePublicIpAddress,
              GroupSet: Groups,
              SubnetId: firstSubnetOf(context, group),
              DeleteOnTermination: true,
            },
          ],
          UserData: userData(context, group, id),
          Tags: machineTags(context, group),
        },
      }),
    ] as const;
  });
}

/**
 * A CronJob is an empty Auto Scaling group. Its scheduled action raises the capacity, and machines leave the group
 * when their pods end.
 */
export const scheduledJobs: Emitter = (context) => ({
  resources: Object.fromEntries(context.plan.groups.flatMap((group) => scheduledResources(context, group))),
});

function scheduledResources(context: EmitContext, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const timetable: Job['schedule'] = group.job?.schedule;
  if (timetable === undefined) return [];
  const id = ids.machineGroup.autoScalingGroup(group);
  const most = Math.max(1, group.replicas.count);
  const machines = resource('AWS::AutoScaling::AutoScalingGroup', {
    Metadata: originMetadata(group.replicas.origin),
    // A stack update does not reset the capacity that the schedule has set; running machines keep their template.
    UpdatePolicy: { AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } },
    Properties: {
      MinSize: '0',
      MaxSize: String(most),
      DesiredCapacity: '0',
      VPCZoneIdentifier: subnetsOf(context, group),
      LaunchTemplate: {
        LaunchTemplateId: ref(ids.machineGroup.launchTemplate(group)),
        Version: getAtt(ids.machineGroup.launchTemplate(group), 'LatestVersionNumber'),
      },
      HealthCheckType: 'EC2',
      Tags: machineTags(context, group).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    },
  });
  if (timetable.suspended || group.replicas.count === 0) return [[id, machines]];
  const action = resource('AWS::AutoScaling::ScheduledAction', {
    Metadata: originMetadata(timetable.origin),
    Properties: {
      AutoScalingGroupName: ref(id),
      DesiredCapacity: group.replicas.count,
      Recurrence: timetable.recurrence,
      ...(timetable.timeZone === undefined ? {} : { TimeZone: timetable.timeZone }),
    },
  });
  return [
    [id, machines],
    [ids.machineGroup.scheduledAction(group), action],
  ];
}
