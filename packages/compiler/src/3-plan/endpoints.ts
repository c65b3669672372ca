// Services, and workloads with container ports that no Service selects -> endpoints: their machine groups and ports.

import { annotationValue } from '../annotations/index.ts';
import { objectName } from '../diagnostic.ts';
import type { ServicePort } from '../generated/kubernetes.ts';
import { podsOf, type WorkloadPod } from '../kinds/shared/pods.ts';
import { listenerPortsOf, targetPortNumber } from '../kinds/shared/ports.ts';
import { isLoadBalanced, podsSelectedBy, serviceRoutingOf } from '../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Config, ServiceRouting } from '../options.ts';
import type { Endpoint, EndpointPort, Protocol, Visibility } from '../plan.ts';
import { groupKeysOf } from './machineGroupKeys.ts';
import { declaredPorts } from './openPorts.ts';

/** An endpoint without its load balancer, which is assigned later. */
export type PendingEndpoint = Omit<Endpoint, 'loadBalancer'> & {
  readonly via: ServiceRouting;
  readonly visibility: Visibility;
  /**
   * `shared`: shares a load balancer while ports differ. `own`: has its own. A name: shared by all Services that use this name.
   */
  readonly placement: 'shared' | 'own' | { readonly named: string };
  readonly crossZone: boolean;
};

export const serviceEndpoints = (manifests: Manifests, config: Config = {}): readonly PendingEndpoint[] =>
  manifests.of('Service').flatMap((service) => {
    const backends = isLoadBalanced(service.object) ? podsSelectedBy(service, manifests) : [];
    return backends.length === 0 ? [] : [serviceEndpoint(service, backends, serviceRoutingOf(service, config))];
  });

function serviceEndpoint(
  service: Manifest<'Service'>,
  backends: readonly WorkloadPod[],
  via: ServiceRouting,
): PendingEndpoint {
  const { ref, object } = service;
  const { spec } = object;
  const balanced = spec.type === 'LoadBalancer';
  const visibility = balanced && !isInternal(service) ? 'public' : 'internal';
  const named = annotationValue(service, 'i2kit.dev/load-balancer');
  return {
    origin: { object: ref, path: [] },
    key: objectName(ref),
    namespace: ref.namespace,
    name: ref.name,
    backends: groupKeysOf(backends),
    ports: mergedPorts((spec.ports ?? []).map((port, position) => endpointPort(service, port, position, backends))),
    sticky: spec.sessionAffinity === 'ClientIP',
    preserveClientAddress: spec.externalTrafficPolicy === 'Local',
    sourceRanges: spec.loadBalancerSourceRanges ?? [],
    publicName: visibility === 'public',
    via,
    visibility,
    placement: named !== undefined && named !== 'own' ? { named } : balanced || named === 'own' ? 'own' : 'shared',
    crossZone:
      annotationValue(service, 'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled') !==
      false,
  };
}

/** Internal by either the current annotation or the older one. */
const isInternal = (service: Manifest<'Service'>) =>
  annotationValue(service, 'service.beta.kubernetes.io/aws-load-balancer-scheme') === 'internal' ||
  annotationValue(service, 'service.beta.kubernetes.io/aws-load-balancer-internal') === true;

export function endpointPort(
  service: Manifest<'Service'>,
  port: ServicePort,
  position: number,
  backends: readonly WorkloadPod[],
): EndpointPort {
  const certificate = certificateOf(service, port);
  return {
    origin: { object: service.ref, path: ['spec', 'ports', position] },
    ...(port.name === undefined ? {} : { name: port.name }),
    protocol: port.protocol as Protocol,
    port: port.port,
    listenerPorts: listenerPortsOf(service.object.spec, port),
    // A named port means the same number in all selected workloads; a check rule ensures it.
    targetPort: (backends[0] === undefined ? undefined : targetPortNumber(port, backends[0].spec)) ?? port.port,
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/** The certificate applies to the ports listed in `ssl-ports` by number or name; default: all TCP ports. */
function certificateOf(service: Manifest<'Service'>, port: ServicePort): string | undefined {
  const certificate = annotationValue(service, 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert');
  const ports = annotationValue(service, 'service.beta.kubernetes.io/aws-load-balancer-ssl-ports');
  const covered =
    ports === undefined ||
    ports.includes('*') ||
    ports.includes(String(port.port)) ||
    (port.name !== undefined && ports.includes(port.name));
  return covered && port.protocol === 'TCP' ? certificate : undefined;
}

/** TCP and UDP on one port with the same target port share one listener of protocol `TCP_UDP`. */
function mergedPorts(ports: readonly EndpointPort[]): readonly EndpointPort[] {
  const found: EndpointPort[] = [];
  for (const port of ports) {
    const twin = found.findIndex(
      (other) => other.port === port.port && other.targetPort === port.targetPort && other.protocol !== port.protocol,
    );
    const other = found[twin];
    if (other === undefined) found.push(port);
    else
      found[twin] = {
        ...other,
        protocol: 'TCP_UDP',
        listenerPorts: [...new Set([...other.listenerPorts, ...port.listenerPorts])],
      };
  }
  return found;
}

/** Workloads with container ports and no Service are reachable under their own names. */
export function exposedWorkloads(manifests: Manifests, config: Config = {}): readonly PendingEndpoint[] {
  const selected = new Set(
    manifests.of('Service').flatMap((service) => podsSelectedBy(service, manifests).map(({ key }) => key)),
  );
  // A Service of the same name takes precedence.
  const named = new Set(manifests.of('Service').map(({ ref }) => `${ref.namespace}/${ref.name}`));
  return podsOf(manifests).flatMap((pod) => {
    const backends = groupKeysOf([pod]);
    if (pod.runsToCompletion || backends.length === 0) return [];
    const { namespace, name } = pod.manifest.ref;
    const expose = annotationValue(pod.manifest, 'i2kit.dev/expose') ?? defaultExposure(pod, selected);
    const ports = declaredPorts(pod).map(containerEndpointPort);
    return expose === 'none' || ports.length === 0 || named.has(`${namespace}/${name}`)
      ? []
      : [workloadEndpoint(pod, ports, expose, config)];
  });
}

/** Machines of a StatefulSet have names of their own. */
const defaultExposure = ({ manifest, key }: WorkloadPod, selected: ReadonlySet<string>) =>
  selected.has(key) || manifest.kind === 'StatefulSet' ? 'none' : 'internal';

const workloadEndpoint = (
  pod: WorkloadPod,
  ports: readonly EndpointPort[],
  visibility: PendingEndpoint['visibility'],
  { via }: Config,
): PendingEndpoint => ({
  origin: { object: pod.manifest.ref, path: [] },
  key: pod.key,
  namespace: pod.namespace,
  name: pod.manifest.ref.name,
  backends: groupKeysOf([pod]),
  ports,
  sticky: false,
  preserveClientAddress: false,
  sourceRanges: [],
  publicName: visibility === 'public',
  // The protocol of container ports is unknown, so these are never reached by HTTP host.
  via: visibility === 'internal' && via === 'dns' ? 'dns' : 'nlb',
  visibility,
  placement: visibility === 'public' ? 'own' : 'shared',
  crossZone: true,
});

const containerEndpointPort = ({
  origin,
  name,
  protocol,
  port,
}: ReturnType<typeof declaredPorts>[number]): EndpointPort => ({
  origin,
  ...(name === undefined ? {} : { name }),
  protocol,
  port,
  listenerPorts: [port],
  targetPort: port,
});
