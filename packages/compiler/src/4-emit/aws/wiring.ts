// How a plan's parts refer to each other's resources: ids of load balancers, listeners, targets and records, and public names.
import { ordinalName, privateName, publicNameOf } from '../../names.ts';
import type { LoadBalancerFound } from '../../options.ts';
import type { Endpoint, EndpointPort, HeadlessName, LoadBalancer, MachineGroup } from '../../plan.ts';
import { getAtt, ref, type Value } from '../../template.ts';
import type { Target } from './concern.ts';
import * as ids from './ids.ts';

/** The agent answers here for the whole pod: all containers, every kind of probe, 503 while terminating. */
export const readiness = { port: 10256, path: '/readyz' } as const;

/** What every target group checks, whichever balancer it is behind: the pod's readiness as Kubernetes defines it. */
export const readinessCheck = {
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: String(readiness.port),
  HealthCheckPath: readiness.path,
  HealthCheckIntervalSeconds: 10,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200' },
} as const;

/** The group's lifecycle hook, which the agent completes once the pod has ended. */
export const drainHook = 'drain';

export function balancerId(balancer: LoadBalancer): string {
  const name = nameOf(balancer);
  if (name !== undefined) return ids.balancer.named(name);
  return balancer.slot === undefined ? ids.balancer.own(balancer.origin.object) : ids.balancer.shared(balancer.slot);
}

/** What Services call it in `i2kit.dev/load-balancer`; undefined where they do not. */
export const nameOf = ({ key }: LoadBalancer): string | undefined => (key.startsWith('named/') ? key.slice('named/'.length) : undefined);

/** The load balancer that is there already and is used in its place. */
export const existing = ({ found }: Target, balancer: LoadBalancer): LoadBalancerFound | undefined =>
  found.loadBalancers?.[nameOf(balancer) ?? ''];

export interface BalancerFacts {
  readonly arn: Value<string>;
  readonly dnsName: Value<string>;
  readonly hostedZone: Value<string>;
  readonly firewalls: readonly Value<string>[];
}

/** What others refer to a load balancer of the stack by. */
export const madeFacts = (id: string): BalancerFacts => ({
  arn: ref(id),
  dnsName: getAtt(id, 'DNSName'),
  hostedZone: getAtt(id, 'CanonicalHostedZoneID'),
  firewalls: [ref(ids.balancer.firewall(id))],
});

/** What others refer to a load balancer by, made or found. */
export function facts(target: Target, balancer: LoadBalancer): BalancerFacts {
  const found = existing(target, balancer);
  if (found !== undefined) return { ...found, firewalls: found.securityGroups };
  return madeFacts(balancerId(balancer));
}

export const factsOf = (target: Target, endpoint: Endpoint) => facts(target, target.balancer(endpoint.loadBalancer));

export const balancerOf = (target: Target, endpoint: Endpoint): string => balancerId(target.balancer(endpoint.loadBalancer));

/** TCP and TLS exclude each other on a port: a certificate changes the listener rather than making a second one. */
export const listenerId = (target: Target, endpoint: Endpoint, port: EndpointPort, number: number): string =>
  ids.balancer.listener(balancerOf(target, endpoint), port.protocol, number);

export const listenerIds = (target: Target, endpoint: Endpoint): readonly string[] =>
  endpoint.ports.flatMap((port) => port.listeners.map((number) => listenerId(target, endpoint, port, number)));

export const targetId = (target: Target, endpoint: Endpoint, port: EndpointPort): string =>
  ids.targets(endpoint, port.protocol, port.port, target.balancer(endpoint.loadBalancer).slot);

export const targetIds = (target: Target, endpoint: Endpoint): readonly string[] =>
  endpoint.ports.map((port) => targetId(target, endpoint, port));

/** The record that machines of the environment look up. */
export const privateRecordId = (endpoint: Pick<Endpoint, 'namespace' | 'name'>): string => ids.record('Private', 'A', endpoint);

/** As `publicNameOf`, of an endpoint that has one. */
export const publicName = ({ config }: Target, endpoint: Endpoint): string | undefined => publicNameOf(config, endpoint);

export const ordinalRecordId = (group: MachineGroup): string | undefined =>
  group.ordinal?.service === undefined ? undefined : ids.ordinalRecord(group, group.ordinal.service);

/** Whether all that the name stands for have addresses that stay, and are in it whether they are ready or not. */
export const isFixed = (target: Target, { backends, balances }: HeadlessName): boolean =>
  !balances && backends.every((key) => target.group(key).ordinal !== undefined);

/** The names for which the machines of a group answer themselves: their addresses come and go, and their agents say so. */
export const keptNames = (target: Target, group: MachineGroup): readonly HeadlessName[] =>
  target.plan.headless.filter((name) => name.backends.includes(group.key) && !isFixed(target, name));

/** What has to be there before a machine of its own name starts: the name, and its way out where that is an address of its own. */
export function ownNames({ config }: Target, group: MachineGroup): readonly string[] {
  const record = ordinalRecordId(group);
  const open = group.ordinal !== undefined && config.network?.egress === 'none';
  return [...(record === undefined ? [] : [record]), ...(open ? [ids.group.addressOf(group)] : [])];
}

export { ordinalName, privateName };
