// Jobs: an EC2 instance for each completion, which terminates itself; a CronJob is an Auto Scaling group that its scheduled action fills.

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

// AWS::EC2::Instance: a machine for each completion of a Job, which runs its pod to the end and terminates itself. The stack waits for it.
//
// What it runs is in its id: another template is another machine, as in Kubernetes it is another Job.

export const jobInstances: Emitter = (target) => ({
  resources: Object.fromEntries(target.plan.groups.filter(isOneTimeJob).flatMap((group) => instancesOf(target, group))),
});

function instancesOf(target: EmitContext, group: MachineGroup) {
  const all = jobInstanceIds(target, group);
  const { AssociatePublicIpAddress, Groups } = networkInterfaceSpecification(target, group);
  return all.map((id, index) => {
    // The next one starts when one of those before it has succeeded.
    const before = all[index - (group.job?.parallelism ?? 1)];
    return [
      id,
      resource('AWS::EC2::Instance', {
        Metadata: originMetadata(group.replicas.origin),
        ...(before === undefined ? {} : { DependsOn: [before] }),
        CreationPolicy: { ResourceSignal: { Count: 1, Timeout: isoDuration(signalSeconds(target, group)) } },
        Properties: {
          LaunchTemplate: {
            LaunchTemplateId: ref(ids.machineGroup.template(group)),
            Version: getAtt(ids.machineGroup.template(group), 'LatestVersionNumber'),
          },
          NetworkInterfaces: [
            {
              DeviceIndex: '0',
              AssociatePublicIpAddress,
              GroupSet: Groups,
              SubnetId: firstSubnetOf(target, group),
              DeleteOnTermination: true,
            },
          ],
          UserData: userData(target, group, id),
          Tags: machineTags(target, group),
        },
      }),
    ] as const;
  });
}

// A CronJob: an Auto Scaling group that is empty until its scheduled action fills it; its machines leave it when their pods have ended.

export const scheduledJobs: Emitter = (target) => ({
  resources: Object.fromEntries(target.plan.groups.flatMap((group) => scheduledResources(target, group))),
});

function scheduledResources(target: EmitContext, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const timetable: Job['schedule'] = group.job?.schedule;
  if (timetable === undefined) return [];
  const id = ids.machineGroup.group(group);
  const most = Math.max(1, group.replicas.count);
  const machines = resource('AWS::AutoScaling::AutoScalingGroup', {
    Metadata: originMetadata(group.replicas.origin),
    // What the schedule has set stays as it is while a stack is updated; machines that run end with the template they began with.
    UpdatePolicy: { AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } },
    Properties: {
      MinSize: '0',
      MaxSize: String(most),
      DesiredCapacity: '0',
      VPCZoneIdentifier: subnetsOf(target, group),
      LaunchTemplate: {
        LaunchTemplateId: ref(ids.machineGroup.template(group)),
        Version: getAtt(ids.machineGroup.template(group), 'LatestVersionNumber'),
      },
      HealthCheckType: 'EC2',
      Tags: machineTags(target, group).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
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
    [ids.machineGroup.schedule(group), action],
  ];
}
