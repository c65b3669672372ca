// AWS::EC2::SecurityGroupEgress: what network policies let out to other groups: machines, and the load balancers in front of them. Each is
// called after its content, so that equal ones are one.
import { digest } from '../../../digest.ts';
import type { Endpoint, EndpointPort, MachineGroup, Origin, PortRange, Release } from '../../../plan.ts';
import { type Resource, ref, resource, type Value } from '../../../template.ts';
import { groupsIn } from '../admission.ts';
import { because } from '../because.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { factsOf } from '../wiring.ts';

type Named = readonly [string, Resource];

export const releases: Concern = (target) => ({
  resources: Object.fromEntries(
    target.workloads.flatMap((group) =>
      (group.released ?? []).flatMap((one) => [...toMachines(target, group, one), ...toBalancers(target, group, one)]),
    ),
  ),
});

const toMachines = (target: Target, group: MachineGroup, release: Release): readonly Named[] =>
  groupsIn(target, release).flatMap((peer) =>
    release.ports === undefined
      ? [rule(group, ref(ids.group.firewall(peer)), undefined, release.origin)]
      : release.ports.map((range) => rule(group, ref(ids.group.firewall(peer)), range, release.origin)),
  );

/** A Service is reached where all the machines behind it may be: its load balancer does not say to which of them it leads. */
const toBalancers = (target: Target, group: MachineGroup, release: Release): readonly Named[] =>
  target.plan.endpoints.flatMap((endpoint) =>
    endpoint.ports
      .filter((port) => leadsWithin(endpoint, port, group.released ?? [], release))
      .flatMap(({ protocol, listeners }) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              factsOf(target, endpoint).firewalls.map((firewall) =>
                rule(group, firewall, { protocol: one as PortRange['protocol'], from: port, to: port }, release.origin),
              ),
            ),
          ),
      ),
  );

function leadsWithin({ backends }: Endpoint, port: EndpointPort, all: readonly Release[], release: Release): boolean {
  const reaches = (one: Release, key: string) => names(one, key) && covers(one, port);
  return backends.some((key) => reaches(release, key)) && backends.every((key) => all.some((one) => reaches(one, key)));
}

const names = ({ peers }: Release, key: string): boolean =>
  peers.kind === 'everyone' || peers.kind === 'environment' || (peers.kind === 'groups' && peers.groups.includes(key));

const covers = ({ ports }: Release, { protocol, targetPort }: EndpointPort): boolean =>
  ports === undefined ||
  protocol.split('_').every((one) => ports.some((range) => range.protocol === one && range.from <= targetPort && targetPort <= range.to));

function rule(group: MachineGroup, to: Value<string>, range: PortRange | undefined, origin: Origin): Named {
  const from = ids.group.firewall(group);
  const made = resource('AWS::EC2::SecurityGroupEgress', {
    Metadata: originOf(origin),
    Properties: {
      GroupId: ref(from),
      DestinationSecurityGroupId: to,
      ...(range === undefined
        ? { IpProtocol: '-1' }
        : { IpProtocol: range.protocol.toLowerCase(), FromPort: range.from, ToPort: range.to }),
      Description: because(origin),
    },
  });
  const content = [from, JSON.stringify(to), range?.protocol, range?.from, range?.to].join(' ');
  return [ids.release(digest(content).slice(0, 12)), made];
}
