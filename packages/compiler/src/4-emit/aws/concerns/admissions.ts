// AWS::EC2::SecurityGroupIngress: what network policies let in from other groups, at the machines and at their load balancers. Each is called after
// its content, so that equal ones are one.
import { digest } from '../../../digest.ts';
import type { Admission, MachineGroup, Origin } from '../../../plan.ts';
import { type Resource, ref, resource } from '../../../template.ts';
import { admittedThrough, groupsIn } from '../admission.ts';
import { because } from '../because.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { balancerId, existing } from '../wiring.ts';

type Named = readonly [string, Resource];

export const admissions: Concern = (target) => ({
  resources: Object.fromEntries([...target.workloads.flatMap((group) => atMachines(target, group)), ...atBalancers(target)]),
});

const atMachines = (target: Target, group: MachineGroup): readonly Named[] =>
  (group.admitted ?? []).flatMap((admission) =>
    admission.ports.flatMap(({ protocol, from, to }) =>
      groupsIn(target, admission).map((peer) =>
        rule(ids.group.firewall(group), ids.group.firewall(peer), protocol, from, to, admission.origin),
      ),
    ),
  );

const atBalancers = (target: Target): readonly Named[] =>
  target.plan.endpoints.flatMap((endpoint) => {
    const balancer = target.balancer(endpoint.loadBalancer);
    if (existing(target, balancer) !== undefined) return [];
    const firewall = ids.balancer.firewall(balancerId(balancer));
    return endpoint.ports.flatMap(({ protocol, listeners, targetPort }) =>
      (admittedThrough(target, endpoint, targetPort) ?? []).flatMap((admission: Admission) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              groupsIn(target, admission).map((peer) => rule(firewall, ids.group.firewall(peer), one, port, port, admission.origin)),
            ),
          ),
      ),
    );
  });

function rule(to: string, from: string, protocol: string, first: number, last: number, origin: Origin): Named {
  const made = resource('AWS::EC2::SecurityGroupIngress', {
    Metadata: originOf(origin),
    Properties: {
      GroupId: ref(to),
      SourceSecurityGroupId: ref(from),
      IpProtocol: protocol.toLowerCase(),
      FromPort: first,
      ToPort: last,
      Description: because(origin),
    },
  });
  return [ids.admission(digest([to, from, protocol, first, last].join(' ')).slice(0, 12)), made];
}
