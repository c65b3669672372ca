// Services that resolve to machine addresses: headless Services, and Services routed without a load balancer (`via:
// dns`).

import { objectName } from '../diagnostic.ts';
import type { Redirect } from '../generated/agent-v1.ts';
import { targetPortNumber } from '../kinds/shared/ports.ts';
import { hasSelector, isHeadless, podsSelectedBy } from '../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { HeadlessService, MachineGroup, PortRange, Protocol } from '../plan.ts';
import { endpointPort, type PendingEndpoint } from './endpoints.ts';
import { groupKeysOf } from './machineGroupKeys.ts';

export const headlessServices = (manifests: Manifests): readonly HeadlessService[] =>
  manifests.of('Service').flatMap((service) => {
    const { ref, object } = service;
    const pods = isHeadless(object) ? podsSelectedBy(service, manifests) : [];
    const backends = groupKeysOf(pods);
    if (backends.length === 0) return [];
    return [
      {
        origin: { object: ref, path: [] },
        key: objectName(ref),
        namespace: ref.namespace,
        name: ref.name,
        backends,
        // As in Kubernetes, a named port that no container has is left out.
        ports: (object.spec.ports ?? []).flatMap((port, position) =>
          pods.every(({ spec }) => targetPortNumber(port, spec) === undefined)
            ? []
            : [endpointPort(service, port, position, pods)],
        ),
        publishNotReadyAddresses: object.spec.publishNotReadyAddresses === true,
      },
    ];
  });

/**
 * The headless Service that a StatefulSet's machine names belong to; undefined if the input has none that selects
 * them.
 */
export function governingService({ ref, object }: Manifest<'StatefulSet'>, manifests: Manifests): string | undefined {
  const service = manifests.get('Service', ref.namespace, object.spec.serviceName ?? '');
  if (service === undefined || !isHeadless(service.object) || !hasSelector(service.object)) return undefined;
  return podsSelectedBy(service, manifests).some(({ manifest }) => manifest.ref === ref) ? service.ref.name : undefined;
}

/** Services routed by DNS have no load balancer, so machines listen on the Service's own ports. */
export const headlessServiceOf = (
  { origin, key, namespace, name, backends, ports }: PendingEndpoint,
  manifests: Manifests,
): HeadlessService => ({
  origin,
  key,
  namespace,
  name,
  backends,
  ports,
  publishNotReadyAddresses: manifests.get('Service', namespace, name)?.object.spec.publishNotReadyAddresses === true,
  replacesLoadBalancer: true,
});

/** The Service with its listener ports added to its target ports. */
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

/** The group with redirects from Service ports to target ports where they differ. */
export function withRedirects(group: MachineGroup, names: readonly HeadlessService[]): MachineGroup {
  const found = new Map<string, Redirect>();
  for (const { replacesLoadBalancer, backends, ports } of names) {
    if (!replacesLoadBalancer || !backends.includes(group.key)) continue;
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

/**
 * Ports as seen from outside the machine: adds redirected ports, removes ports whose traffic is redirected elsewhere.
 */
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
