// A CronJob: an Auto Scaling group that is empty until its scheduled action fills it; its machines leave it when their pods have ended.
import type { MachineGroup, Task } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { subnets } from '../subnets.ts';
import { machineTags } from '../tags.ts';

export const schedule: Concern = (target) => ({
  resources: Object.fromEntries(target.plan.groups.flatMap((group) => scheduled(target, group))),
});

function scheduled(target: Target, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const timetable: Task['schedule'] = group.task?.schedule;
  if (timetable === undefined) return [];
  const id = ids.group.group(group);
  const most = Math.max(1, group.replicas.count);
  const machines = resource('AWS::AutoScaling::AutoScalingGroup', {
    Metadata: originOf(group.replicas.origin),
    // What the schedule has set stays as it is while a stack is updated; machines that run end with the template they began with.
    UpdatePolicy: { AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } },
    Properties: {
      MinSize: '0',
      MaxSize: String(most),
      DesiredCapacity: '0',
      VPCZoneIdentifier: subnets(target, group),
      LaunchTemplate: {
        LaunchTemplateId: ref(ids.group.template(group)),
        Version: getAtt(ids.group.template(group), 'LatestVersionNumber'),
      },
      HealthCheckType: 'EC2',
      Tags: machineTags(target, group).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    },
  });
  if (timetable.suspended || group.replicas.count === 0) return [[id, machines]];
  const action = resource('AWS::AutoScaling::ScheduledAction', {
    Metadata: originOf(timetable.origin),
    Properties: {
      AutoScalingGroupName: ref(id),
      DesiredCapacity: group.replicas.count,
      Recurrence: timetable.recurrence,
      ...(timetable.timeZone === undefined ? {} : { TimeZone: timetable.timeZone }),
    },
  });
  return [
    [id, machines],
    [ids.group.schedule(group), action],
  ];
}
