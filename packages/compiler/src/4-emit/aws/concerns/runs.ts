// AWS::EC2::Instance: a machine for each completion of a Job, which runs its pod to the end and terminates itself. The stack waits for it.
//
// What it runs is in its id: another template is another machine, as in Kubernetes it is another Job.
import type { MachineGroup } from '../../../plan.ts';
import { getAtt, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import { duration } from '../duration.ts';
import * as ids from '../ids.ts';
import { isRun, networkInterface } from '../launchData.ts';
import { runIds } from '../runs.ts';
import { oneSubnet } from '../subnets.ts';
import { machineTags } from '../tags.ts';
import { userData } from '../userData.ts';

export const runs: Concern = (target) => ({
  resources: Object.fromEntries(target.plan.groups.filter(isRun).flatMap((group) => instances(target, group))),
});

function instances(target: Target, group: MachineGroup) {
  const all = runIds(target, group);
  const { AssociatePublicIpAddress, Groups } = networkInterface(target, group);
  return all.map((id, index) => {
    // The next one starts when one of those before it has succeeded.
    const before = all[index - (group.task?.parallelism ?? 1)];
    return [
      id,
      resource('AWS::EC2::Instance', {
        Metadata: originOf(group.replicas.origin),
        ...(before === undefined ? {} : { DependsOn: [before] }),
        CreationPolicy: { ResourceSignal: { Count: 1, Timeout: duration(group.rollout.deadlineSeconds) } },
        Properties: {
          LaunchTemplate: {
            LaunchTemplateId: ref(ids.group.template(group)),
            Version: getAtt(ids.group.template(group), 'LatestVersionNumber'),
          },
          NetworkInterfaces: [
            { DeviceIndex: '0', AssociatePublicIpAddress, GroupSet: Groups, SubnetId: oneSubnet(target, group), DeleteOnTermination: true },
          ],
          UserData: userData(target, group, id),
          Tags: machineTags(target, group),
        },
      }),
    ] as const;
  });
}
