// Parts of security group rules: peers that network policies allow, and the description of each rule.

import { objectName, pathText } from '../../diagnostic.ts';
import { isWithin } from '../../kinds/shared/cidr.ts';
import type { Endpoint, MachineGroup, NetworkIngressRule, Origin, PortRange } from '../../plan.ts';
import type { EmitContext } from './emitter.ts';

/**
 * Peers of network policies. Rules of address peers are inline; rules of group peers are resources of their own,
 * because groups that allow each other would form a cycle. Ingress rules for an endpoint's load balancer at a port
 * of the machines; undefined if any machine has no policy.
 */
export function loadBalancerIngressRules(
  context: EmitContext,
  endpoint: Endpoint,
  targetPort: number,
): readonly NetworkIngressRule[] | undefined {
  const guards = endpoint.backends.map((key) => context.group(key).ingressRules);
  if (guards.some((rules) => rules === undefined)) return undefined;
  return guards.flatMap((rules) =>
    (rules ?? []).filter(({ ports }) => ports.some((range) => coversPort(range, targetPort))),
  );
}

const coversPort = ({ from, to }: PortRange, port: number) => from <= port && port <= to;

/** The groups that a rule names, one for each workload. */
export const peerGroups = (
  context: EmitContext,
  { peers }: Pick<NetworkIngressRule, 'peers'>,
): readonly MachineGroup[] =>
  peers.kind === 'groups' ? firstOfEachWorkload(peers.groups.map((key) => context.group(key))) : [];

/** All ordinals of a StatefulSet share one security group. */
function firstOfEachWorkload(groups: readonly MachineGroup[]): readonly MachineGroup[] {
  const seen = new Set<object>();
  return groups.filter(({ origin: { object } }) => !seen.has(object) && seen.add(object));
}

/** Address blocks allowed as source; intersected with `limits` unless these are empty. */
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

/** Origin of a rule, in the characters that EC2 allows in a description. */
export const ruleDescription = ({ object, path }: Origin) =>
  `${objectName(object)} ${pathText(path)}`.replace(/[^A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, '_').slice(0, 255);
