// Who is let in by network policies, as sources of rules: those that are no group stand in the rules of the group itself, the others are resources of
// their own, as groups that let each other in would else refer to each other.

import { isWithin } from '../../kinds/shared/cidr.ts';
import type { Admission, Endpoint, MachineGroup, PortRange } from '../../plan.ts';
import type { Target } from './concern.ts';

/** Whom the load balancers of an endpoint let in at a port of the machines; undefined where not all of its machines are guarded. */
export function admittedThrough(target: Target, endpoint: Endpoint, targetPort: number): readonly Admission[] | undefined {
  const guards = endpoint.backends.map((key) => target.group(key).admitted);
  if (guards.some((admitted) => admitted === undefined)) return undefined;
  return guards.flatMap((admitted) => (admitted ?? []).filter(({ ports }) => ports.some((range) => covers(range, targetPort))));
}

const covers = ({ from, to }: PortRange, port: number) => from <= port && port <= to;

/** The groups that an admission names, each workload once. */
export const groupsIn = (target: Target, { peers }: Pick<Admission, 'peers'>): readonly MachineGroup[] =>
  peers.kind === 'groups' ? peers.groups.map((key) => target.group(key)).filter(isFirst) : [];

/** The ordinals of a StatefulSet have one security group. */
const isFirst = (group: MachineGroup, index: number, all: readonly MachineGroup[]): boolean =>
  all.findIndex(({ origin }) => origin.object === group.origin.object) === index;

/** Addresses that may come in: where the outside is limited already, only those that are in both. */
export function addressesIn({ peers }: Admission, limits: readonly string[]): readonly string[] {
  if (peers.kind !== 'addresses') return [];
  if (limits.length === 0) return peers.cidrs;
  return [
    ...new Set(
      peers.cidrs.flatMap((cidr) => limits.flatMap((limit) => (isWithin(cidr, limit) ? [cidr] : isWithin(limit, cidr) ? [limit] : []))),
    ),
  ];
}
