// How a plan's parts refer to each other's resources: ids of load balancers, listeners, targets and records, and public names.
import { agentReadiness } from '@i2kit/common';
import { ordinalName, privateName, publicNameOf } from '../../dnsNames.ts';
import type { ExistingLoadBalancer } from '../../options.ts';
import type { Endpoint, EndpointPort, HeadlessService, LoadBalancer, MachineGroup } from '../../plan.ts';
import { getAtt, ref, type Value } from '../../template.ts';
import type { EmitContext } from './emitter.ts';
import * as ids from './logicalIds.ts';

/** What every target group checks, whichever balancer it is behind: the pod's readiness as Kubernetes defines it. */
export const targetGroupHealthCheck = {
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: String(agentReadiness.port),
  HealthCheckPath: agentReadiness.path,
  HealthCheckIntervalSeconds: 10,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200' },
} as const;

/** The group's lifecycle hook, which the agent completes once the pod has ended. */
export const terminationHookName = 'drain';

export function loadBalancerId(balancer: LoadBalancer): string {
  const name = annotatedNameOf(balancer);
  if (name !== undefined) return ids.loadBalancer.named(name);
  return balancer.slot === undefined
    ? ids.loadBalancer.own(balancer.origin.object)
    : ids.loadBalancer.shared(balancer.slot);
}

/** What Services call it in `i2kit.dev/load-balancer`; undefined where they do not. */
export const annotatedNameOf = ({ key }: LoadBalancer): string | undefined =>
  key.startsWith('named/') ? key.slice('named/'.length) : undefined;

/** The load balancer that is there already and is used in its place. */
export const existingLoadBalancer = (
  { existing: found }: EmitContext,
  balancer: LoadBalancer,
): ExistingLoadBalancer | undefined => found.loadBalancers?.[annotatedNameOf(balancer) ?? ''];

export interface LoadBalancerRefs {
  readonly arn: Value<string>;
  readonly dnsName: Value<string>;
  readonly hostedZone: Value<string>;
  readonly securityGroups: readonly Value<string>[];
}

/** What others refer to a load balancer of the stack by. */
export const createdLoadBalancerRefs = (id: string): LoadBalancerRefs => ({
  arn: ref(id),
  dnsName: getAtt(id, 'DNSName'),
  hostedZone: getAtt(id, 'CanonicalHostedZoneID'),
  securityGroups: [ref(ids.loadBalancer.firewall(id))],
});

/** What others refer to a load balancer by, made or found. */
export function loadBalancerRefs(target: EmitContext, balancer: LoadBalancer): LoadBalancerRefs {
  const found = existingLoadBalancer(target, balancer);
  if (found !== undefined) return { ...found, securityGroups: found.securityGroups };
  return createdLoadBalancerRefs(loadBalancerId(balancer));
}

export const endpointLoadBalancerRefs = (target: EmitContext, endpoint: Endpoint) =>
  loadBalancerRefs(target, target.loadBalancer(endpoint.loadBalancer));

export const endpointLoadBalancerId = (target: EmitContext, endpoint: Endpoint): string =>
  loadBalancerId(target.loadBalancer(endpoint.loadBalancer));

/** TCP and TLS exclude each other on a port: a certificate changes the listener rather than making a second one. */
export const listenerId = (target: EmitContext, endpoint: Endpoint, port: EndpointPort, number: number): string =>
  ids.loadBalancer.listener(endpointLoadBalancerId(target, endpoint), port.protocol, number);

export const listenerIds = (target: EmitContext, endpoint: Endpoint): readonly string[] =>
  endpoint.ports.flatMap((port) => port.listenerPorts.map((number) => listenerId(target, endpoint, port, number)));

export const targetGroupId = (target: EmitContext, endpoint: Endpoint, port: EndpointPort): string =>
  ids.targetGroup(endpoint, port.protocol, port.port, target.loadBalancer(endpoint.loadBalancer).slot);

export const targetGroupIds = (target: EmitContext, endpoint: Endpoint): readonly string[] =>
  endpoint.ports.map((port) => targetGroupId(target, endpoint, port));

/** The record that machines of the environment look up. */
export const privateRecordId = (endpoint: Pick<Endpoint, 'namespace' | 'name'>): string =>
  ids.record('Private', 'A', endpoint);

/** As `publicNameOf`, of an endpoint that has one. */
export const publicName = ({ config }: EmitContext, endpoint: Endpoint): string | undefined =>
  publicNameOf(config, endpoint);

export const ordinalRecordId = (group: MachineGroup): string | undefined =>
  group.ordinal?.service === undefined ? undefined : ids.ordinalRecord(group, group.ordinal.service);

/** Whether all that the name stands for have addresses that stay, and are in it whether they are ready or not. */
export const hasFixedAddresses = (
  target: EmitContext,
  { backends, replacesLoadBalancer: balances }: HeadlessService,
): boolean => !balances && backends.every((key) => target.group(key).ordinal !== undefined);

/** The names for which the machines of a group answer themselves: their addresses come and go, and their agents say so. */
export const agentManagedServices = (target: EmitContext, group: MachineGroup): readonly HeadlessService[] =>
  target.plan.headlessServices.filter((name) => name.backends.includes(group.key) && !hasFixedAddresses(target, name));

/** What has to be there before a machine of its own name starts: the name, and its way out where that is an address of its own. */
export function ordinalDependencies({ config }: EmitContext, group: MachineGroup): readonly string[] {
  const record = ordinalRecordId(group);
  const open = group.ordinal !== undefined && config.network?.egress === 'none';
  return [...(record === undefined ? [] : [record]), ...(open ? [ids.machineGroup.addressOf(group)] : [])];
}

export { ordinalName, privateName };
