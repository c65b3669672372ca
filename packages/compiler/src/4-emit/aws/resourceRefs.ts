// References between resources of a plan: ids of load balancers, listeners, target groups and records, and names.
import { ordinalName, privateName, publicNameOf } from '../../dnsNames.ts';
import type { ExistingLoadBalancer } from '../../options.ts';
import type { Endpoint, EndpointPort, HeadlessService, LoadBalancer, MachineGroup } from '../../plan.ts';
import { getAtt, ref, type Value } from '../../template.ts';
import type { EmitContext } from './emitter.ts';
import * as ids from './logicalIds.ts';

/** Lifecycle hook of the group, which the agent completes once the pod has ended. */
export const terminationHookName = 'drain';

export function loadBalancerId(balancer: LoadBalancer): string {
  const name = annotatedNameOf(balancer);
  if (name !== undefined) return ids.loadBalancer.named(name);
  return balancer.slot === undefined
    ? ids.loadBalancer.ofEndpoint(balancer.origin.object)
    : ids.loadBalancer.shared(balancer.slot);
}

/** The name in `i2kit.dev/load-balancer`, if any. */
export const annotatedNameOf = ({ key }: LoadBalancer): string | undefined =>
  key.startsWith('named/') ? key.slice('named/'.length) : undefined;

/** The existing load balancer used instead of a new one. */
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

/** References to a load balancer that the stack creates. */
export const createdLoadBalancerRefs = (id: string): LoadBalancerRefs => ({
  arn: ref(id),
  dnsName: getAtt(id, 'DNSName'),
  hostedZone: getAtt(id, 'CanonicalHostedZoneID'),
  securityGroups: [ref(ids.loadBalancer.securityGroup(id))],
});

/** References to a load balancer, created or existing. */
export function loadBalancerRefs(context: EmitContext, balancer: LoadBalancer): LoadBalancerRefs {
  const found = existingLoadBalancer(context, balancer);
  if (found !== undefined) return { ...found, securityGroups: found.securityGroups };
  return createdLoadBalancerRefs(loadBalancerId(balancer));
}

export const endpointLoadBalancerRefs = (context: EmitContext, endpoint: Endpoint) =>
  loadBalancerRefs(context, context.loadBalancer(endpoint.loadBalancer));

export const endpointLoadBalancerId = (context: EmitContext, endpoint: Endpoint): string =>
  loadBalancerId(context.loadBalancer(endpoint.loadBalancer));

/**
 * TCP and TLS exclude each other on a port: adding a certificate changes the listener rather than creating a second
 * one.
 */
export const listenerId = (context: EmitContext, endpoint: Endpoint, port: EndpointPort, number: number): string =>
  ids.loadBalancer.listener(endpointLoadBalancerId(context, endpoint), port.protocol, number);

export const listenerIds = (context: EmitContext, endpoint: Endpoint): readonly string[] =>
  endpoint.ports.flatMap((port) => port.listenerPorts.map((number) => listenerId(context, endpoint, port, number)));

export const targetGroupId = (context: EmitContext, endpoint: Endpoint, port: EndpointPort): string =>
  ids.targetGroup(endpoint, port.protocol, port.port, context.loadBalancer(endpoint.loadBalancer).slot);

export const targetGroupIds = (context: EmitContext, endpoint: Endpoint): readonly string[] =>
  endpoint.ports.map((port) => targetGroupId(context, endpoint, port));

/** The record in the environment's private zone. */
export const privateRecordId = (endpoint: Pick<Endpoint, 'namespace' | 'name'>): string =>
  ids.record('Private', 'A', endpoint);

/** `publicNameOf` with the settings of the context. */
export const publicName = ({ config }: EmitContext, endpoint: Endpoint): string | undefined =>
  publicNameOf(config, endpoint);

export const ordinalRecordId = (group: MachineGroup): string | undefined =>
  group.ordinal?.service === undefined ? undefined : ids.ordinalRecord(group, group.ordinal.service);

/** True if all machines behind the name have fixed addresses, which are listed whether ready or not. */
export const hasFixedAddresses = (context: EmitContext, { backends, replacesLoadBalancer }: HeadlessService): boolean =>
  !replacesLoadBalancer && backends.every((key) => context.group(key).ordinal !== undefined);

/** Services whose records are maintained by the agents of the group, because addresses of their machines change. */
export const agentManagedServices = (context: EmitContext, group: MachineGroup): readonly HeadlessService[] =>
  context.plan.headlessServices.filter(
    (name) => name.backends.includes(group.key) && !hasFixedAddresses(context, name),
  );

/**
 * Resources that must exist before a machine with its own name starts: its record, and its public address if there is
 * no NAT.
 */
export function ordinalDependencies({ config }: EmitContext, group: MachineGroup): readonly string[] {
  const record = ordinalRecordId(group);
  const open = group.ordinal !== undefined && config.network?.egress === 'none';
  return [...(record === undefined ? [] : [record]), ...(open ? [ids.machineGroup.addressAssociation(group)] : [])];
}

export { ordinalName, privateName };
