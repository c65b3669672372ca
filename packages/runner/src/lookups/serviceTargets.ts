// Finds the machine groups in other stacks of the environment that a Service's selector matches, by tags, and how
// they are reached.
import { compareText } from '@i2kit/common';
import type { ReachableLoadBalancer, ServiceLookupPort, TaggedMachineGroup } from '../ports/serviceLookup.ts';

export interface ServiceSelector {
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}

export interface ServiceTargets {
  /** Load balancer names, each with the number of groups behind it as its weight. */
  readonly balancers: readonly {
    readonly dnsName: string;
    readonly zone: string;
    readonly weight: number;
    readonly stack: string;
  }[];
  /** Selected groups that no load balancer reaches on all ports, as `Deployment/default/db of prod-data`. */
  readonly unreachable: readonly string[];
}

/** The largest weight of Route 53. */
const maxRecordWeight = 255;

/** The targets of each Service; groups of `stack` itself are skipped, because they belong to the input. */
export async function findServiceTargets(
  port: ServiceLookupPort,
  { env, stack }: { readonly env: string; readonly stack: string },
  services: readonly ServiceSelector[],
): Promise<readonly ServiceTargets[]> {
  if (services.length === 0) return [];
  const groups = (await port.listGroups(env)).filter((group) => group.stack !== stack);
  const matching = services.map((service) => groups.filter((group) => matchesSelector(service, group)));
  const targets = [...new Set(matching.flat().flatMap((group) => group.targetGroups))].sort();
  const balancers = targets.length === 0 ? [] : await port.listLoadBalancers(targets);
  return services.map((service, at) => serviceTargetsOf(service, matching[at] ?? [], balancers));
}

const matchesSelector = ({ namespace, selector }: ServiceSelector, group: TaggedMachineGroup) =>
  group.namespace === namespace &&
  Object.entries(selector).every(([key, value]) => Object.hasOwn(group.labels, key) && group.labels[key] === value);

function serviceTargetsOf(
  service: ServiceSelector,
  groups: readonly TaggedMachineGroup[],
  balancers: readonly ReachableLoadBalancer[],
): ServiceTargets {
  const all = balancers
    .map((balancer) => ({ balancer, groups: groups.filter((group) => forwardsToGroup(balancer, service, group)) }))
    .filter((each) => each.groups.length > 0);
  // A name of the private zone points to an internal load balancer if there is one.
  const inside = all.filter(({ balancer }) => balancer.internal);
  const used = inside.length > 0 ? inside : all;
  return {
    balancers: used
      .map(({ balancer: { dnsName, zone }, groups: [first, ...others] }) => ({
        dnsName,
        zone,
        weight: Math.min(1 + others.length, maxRecordWeight),
        stack: first?.stack ?? '',
      }))
      .sort((a, b) => compareText(a.dnsName, b.dnsName)),
    unreachable: groups
      .filter((group) => !used.some((each) => each.groups.includes(group)))
      .map(({ object, stack }) => `${object} of ${stack}`)
      .sort(),
  };
}

/** The load balancer listens on every port of the Service and forwards to the group. */
const forwardsToGroup = (
  balancer: ReachableLoadBalancer,
  { ports }: ServiceSelector,
  { targetGroups }: TaggedMachineGroup,
): boolean =>
  ports.every(({ port, protocol }) =>
    balancer.listeners.some(
      (listener) =>
        listener.port === port &&
        (protocol === 'UDP' ? ['UDP', 'TCP_UDP'] : ['TCP', 'TLS', 'TCP_UDP']).includes(listener.protocol) &&
        listener.targetGroups.some((arn) => targetGroups.includes(arn)),
    ),
  );
