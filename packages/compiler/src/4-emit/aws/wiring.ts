// How a plan's parts refer to each other's resources: ids of load balancers, listeners, targets and records, and public names.
import type { Endpoint, EndpointPort, LoadBalancer } from '../../plan.ts';
import type { Target } from './concern.ts';
import * as ids from './ids.ts';

/** The agent answers here for the whole pod: all containers, every kind of probe, 503 while terminating. */
export const readiness = { port: 10256, path: '/readyz' } as const;

/** The group's lifecycle hook, which the agent completes once the pod has ended. */
export const drainHook = 'drain';

export const balancerId = (balancer: LoadBalancer): string =>
  balancer.slot === undefined ? ids.balancer.own(balancer.origin.object) : ids.balancer.shared(balancer.slot);

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
export const privateRecordId = (endpoint: Endpoint): string => ids.record('Private', 'A', endpoint);

/** `web.example.com`, or `web.staging.example.com` outside of the default namespace; absent where there is no public name. */
export function publicName({ config }: Target, { namespace, name, publicName }: Endpoint): string | undefined {
  if (!publicName || config.hostedZone === undefined) return undefined;
  return `${name}${namespace === 'default' ? '' : `.${namespace}`}.${config.hostedZone.replace(/\.$/, '')}`;
}
