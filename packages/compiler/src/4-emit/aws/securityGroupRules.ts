// What security group rules are made of: the peers that network policies allow, and the description of each rule.

import { objectName, pathText } from '../../diagnostic.ts';
import { isWithin } from '../../kinds/shared/cidr.ts';
import type { Endpoint, MachineGroup, NetworkIngressRule, Origin, PortRange } from '../../plan.ts';
import type { EmitContext } from './emitter.ts';

// Who is let in by network policies, as sources of rules: those that are no group stand in the rules of the group itself, the others are resources of
// their own, as groups that let each other in would else refer to each other.

/** Whom the load balancers of an endpoint let in at a port of the machines; undefined where not all of its machines are guarded. */
export function loadBalancerIngressRules(
  target: EmitContext,
  endpoint: Endpoint,
  targetPort: number,
): readonly NetworkIngressRule[] | undefined {
  const guards = endpoint.backends.map((key) => target.group(key).ingressRules);
  if (guards.some((admitted) => admitted === undefined)) return undefined;
  return guards.flatMap((admitted) =>
    (admitted ?? []).filter(({ ports }) => ports.some((range) => coversPort(range, targetPort))),
  );
}

const coversPort = ({ from, to }: PortRange, port: number) => from <= port && port <= to;

/** The groups that an admission names, each workload once. */
export const peerGroups = (
  target: EmitContext,
  { peers }: Pick<NetworkIngressRule, 'peers'>,
): readonly MachineGroup[] =>
  peers.kind === 'groups' ? peers.groups.map((key) => target.group(key)).filter(isFirstOfWorkload) : [];

/** The ordinals of a StatefulSet have one security group. */
const isFirstOfWorkload = (group: MachineGroup, index: number, all: readonly MachineGroup[]): boolean =>
  all.findIndex(({ origin }) => origin.object === group.origin.object) === index;

/** Addresses that may come in: where the outside is limited already, only those that are in both. */
export function peerCidrs({ peers }: NetworkIngressRule, limits: readonly string[]): readonly string[] {
  if (peers.kind !== 'addresses') return [];
  if (limits.length === 0) return peers.cidrs;
  return [
    ...new Set(
      peers.cidrs.flatMap((cidr) =>
        limits.flatMap((limit) => (isWithin(cidr, limit) ? [cidr] : isWithin(limit, cidr) ? [limit] : [])),
      ),
    ),
  ];
}

// Why a rule of a firewall is there.

/** Who asked for it, in the characters that EC2 takes in a description. */
export const ruleDescription = ({ object, path }: Origin) =>
  `${objectName(object)} ${pathText(path)}`.replace(/[^A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, '_').slice(0, 255);
