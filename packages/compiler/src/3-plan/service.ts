// Service -> endpoint: which machine groups it selects, on which ports, from where.
import { annotation } from '../annotations/index.ts';
import { objectName } from '../diagnostic.ts';
import type { ServicePort } from '../generated/kubernetes.ts';
import type { PodOf } from '../kinds/shared/pods.ts';
import { targetPort } from '../kinds/shared/ports.ts';
import { isBalanced, selectedBy } from '../kinds/shared/services.ts';
import { viaOf } from '../kinds/shared/via.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Config, Via } from '../options.ts';
import type { Endpoint, EndpointPort, Protocol, Visibility } from '../plan.ts';
import { groupKeys } from './machines.ts';

/** An endpoint that does not have its load balancer yet. */
export type Draft = Omit<Endpoint, 'loadBalancer'> & {
  readonly via: Via;
  readonly visibility: Visibility;
  /** `shared`: put beside others while ports differ. `own`: a load balancer for it alone. A name: shared by all that say it. */
  readonly placement: 'shared' | 'own' | { readonly named: string };
  readonly crossZone: boolean;
};

export const endpoints = (all: Manifests, config: Config = {}): readonly Draft[] =>
  all.of('Service').flatMap((service) => {
    const backends = isBalanced(service.object) ? selectedBy(service, all) : [];
    return backends.length === 0 ? [] : [endpoint(service, backends, viaOf(service, config))];
  });

function endpoint(service: Manifest<'Service'>, backends: readonly PodOf[], via: Via): Draft {
  const { ref, object } = service;
  const { spec } = object;
  const balanced = spec.type === 'LoadBalancer';
  const visibility = balanced && !internal(service) ? 'public' : 'internal';
  const named = annotation(service, 'i2kit.dev/load-balancer');
  return {
    origin: { object: ref, path: [] },
    key: objectName(ref),
    namespace: ref.namespace,
    name: ref.name,
    backends: groupKeys(backends),
    ports: merged((spec.ports ?? []).map((port, position) => endpointPort(service, port, position, backends))),
    sticky: spec.sessionAffinity === 'ClientIP',
    preserveClientAddress: spec.externalTrafficPolicy === 'Local',
    sources: spec.loadBalancerSourceRanges ?? [],
    publicName: visibility === 'public',
    via,
    visibility,
    placement: named !== undefined && named !== 'own' ? { named } : balanced || named === 'own' ? 'own' : 'shared',
    crossZone: annotation(service, 'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled') !== false,
  };
}

/** Three generations of annotations say that a load balancer is internal. */
const internal = (service: Manifest<'Service'>) =>
  annotation(service, 'service.beta.kubernetes.io/aws-load-balancer-scheme') === 'internal' ||
  annotation(service, 'service.beta.kubernetes.io/aws-load-balancer-internal') === true;

export function endpointPort(service: Manifest<'Service'>, port: ServicePort, position: number, backends: readonly PodOf[]): EndpointPort {
  const certificate = certificateOf(service, port);
  return {
    origin: { object: service.ref, path: ['spec', 'ports', position] },
    ...(port.name === undefined ? {} : { name: port.name }),
    protocol: port.protocol as Protocol,
    port: port.port,
    listeners: port.nodePort === undefined || port.nodePort === 0 || port.nodePort === port.port ? [port.port] : [port.port, port.nodePort],
    // A named port means the same in all the workloads that it leads to; a rule sees to that.
    targetPort: (backends[0] === undefined ? undefined : targetPort(port, backends[0].spec)) ?? port.port,
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/** With a certificate, TLS ends at the ports that `ssl-ports` lists by number or name; at all where it says nothing. */
function certificateOf(service: Manifest<'Service'>, port: ServicePort): string | undefined {
  const certificate = annotation(service, 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert');
  const ports = annotation(service, 'service.beta.kubernetes.io/aws-load-balancer-ssl-ports');
  const covered =
    ports === undefined ||
    ports.includes('*') ||
    ports.includes(String(port.port)) ||
    (port.name !== undefined && ports.includes(port.name));
  return covered && port.protocol === 'TCP' ? certificate : undefined;
}

/** A load balancer's port has one listener: TCP and UDP on one port, to one port of the machines, are `TCP_UDP`. */
function merged(ports: readonly EndpointPort[]): readonly EndpointPort[] {
  const found: EndpointPort[] = [];
  for (const port of ports) {
    const twin = found.findIndex(
      (other) => other.port === port.port && other.targetPort === port.targetPort && other.protocol !== port.protocol,
    );
    const other = found[twin];
    if (other === undefined) found.push(port);
    else found[twin] = { ...other, protocol: 'TCP_UDP', listeners: [...new Set([...other.listeners, ...port.listeners])] };
  }
  return found;
}
