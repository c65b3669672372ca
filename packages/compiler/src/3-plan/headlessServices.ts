// Services whose names lead to the machines' own addresses: headless ones, and those that are reached without a load balancer (`via: dns`).

import { objectName } from '../diagnostic.ts';
import type { Redirect } from '../generated/agent-v1.ts';
import { hasSelector, isHeadless, podsSelectedBy } from '../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { HeadlessService, MachineGroup, PortRange, Protocol } from '../plan.ts';
import { endpointPort, type PendingEndpoint } from './endpoints.ts';
import { groupKeysOf } from './machineGroupKeys.ts';

// Headless Service -> a name for the machines' own addresses.

export const headlessServices = (all: Manifests): readonly HeadlessService[] =>
  all.of('Service').flatMap((service) => {
    const { ref, object } = service;
    const pods = isHeadless(object) ? podsSelectedBy(service, all) : [];
    const backends = groupKeysOf(pods);
    if (backends.length === 0) return [];
    return [
      {
        origin: { object: ref, path: [] },
        key: objectName(ref),
        namespace: ref.namespace,
        name: ref.name,
        backends,
        ports: (object.spec.ports ?? []).map((port, position) => endpointPort(service, port, position, pods)),
        publishNotReadyAddresses: object.spec.publishNotReadyAddresses === true,
      },
    ];
  });

/** The headless Service below whose name a StatefulSet's machines have theirs; undefined where the input has none that selects them. */
export function governingService({ ref, object }: Manifest<'StatefulSet'>, all: Manifests): string | undefined {
  const service = all.get('Service', ref.namespace, object.spec.serviceName ?? '');
  if (service === undefined || !isHeadless(service.object) || !hasSelector(service.object)) return undefined;
  return podsSelectedBy(service, all).some(({ manifest }) => manifest.ref === ref) ? service.ref.name : undefined;
}

// Services that are names of their machines (`via: dns`): no load balancer listens, so the machines do, on the Service's own ports.

export const headlessServiceOf = (
  { origin, key, namespace, name, backends, ports }: PendingEndpoint,
  all: Manifests,
): HeadlessService => ({
  origin,
  key,
  namespace,
  name,
  backends,
  ports,
  publishNotReadyAddresses: all.get('Service', namespace, name)?.object.spec.publishNotReadyAddresses === true,
  replacesLoadBalancer: true,
});

/** The name with the ports at which its machines are called beside those that answer. */
export const withListenerPorts = (name: HeadlessService): HeadlessService =>
  name.replacesLoadBalancer
    ? {
        ...name,
        ports: name.ports.flatMap((port) => [
          port,
          ...port.listenerPorts.map((listener) => ({ ...port, targetPort: listener })),
        ]),
      }
    : name;

/** The group with what its machines redirect: the Service's ports that are not the pod's. */
export function withRedirects(group: MachineGroup, names: readonly HeadlessService[]): MachineGroup {
  const found = new Map<string, Redirect>();
  for (const { replacesLoadBalancer: balances, backends, ports } of names) {
    if (!balances || !backends.includes(group.key)) continue;
    for (const { protocol, listenerPorts: listeners, targetPort } of ports) {
      for (const one of protocol.split('_') as Protocol[]) {
        for (const port of listeners)
          if (port !== targetPort) found.set(`${one}${port}`, { protocol: one, port, to: targetPort });
      }
    }
  }
  const redirects = [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
  return redirects.length === 0 ? group : { ...group, pod: { ...group.pod, redirects } };
}

/** Ports of the pod, as they are called from outside of the machine: with those that lead to them, and without those that lead elsewhere. */
export function portsThroughRedirects(
  ranges: readonly PortRange[],
  { pod }: Pick<MachineGroup, 'pod'>,
): readonly PortRange[] {
  const covers = ({ protocol, port }: { readonly protocol: Protocol; readonly port: number }) =>
    ranges.some((range) => range.protocol === protocol && range.from <= port && port <= range.to);
  let found = ranges;
  for (const { protocol, port, to } of pod.redirects ?? []) {
    const leadsIn = covers({ protocol, port: to });
    if (leadsIn && !covers({ protocol, port })) found = found.concat({ protocol, from: port, to: port });
    if (!leadsIn) found = found.flatMap((range) => rangeWithout(range, protocol, port));
  }
  return found;
}

function rangeWithout(range: PortRange, protocol: Protocol, port: number): readonly PortRange[] {
  if (range.protocol !== protocol || port < range.from || port > range.to) return [range];
  return [
    { ...range, to: port - 1 },
    { ...range, from: port + 1 },
  ].filter(({ from, to }) => from <= to);
}
