// Services: the pods that they select, their type, and their routing.

import { annotationValue } from '../../annotations/index.ts';
import type { Service } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { Config, ServiceRouting } from '../../options.ts';
import { hasLabels } from './labelSelector.ts';
import { podsOf, type WorkloadPod } from './pods.ts';

/**
 * The pods that a Service selects, and its type.
 * The workloads whose pods a Service selects: in its namespace, with its labels; none without a selector. Pods that
 * run to completion serve no clients.
 */
export function podsSelectedBy(service: Manifest<'Service'>, manifests: Manifests): readonly WorkloadPod[] {
  const { selector } = service.object.spec;
  if (!hasSelector(service.object)) return [];
  const known = selectedPods.get(manifests) ?? new Map<Manifest<'Service'>, readonly WorkloadPod[]>();
  selectedPods.set(manifests, known);
  const pods =
    known.get(service) ??
    podsOf(manifests).filter(
      ({ namespace, labels, runsToCompletion }) =>
        !runsToCompletion && namespace === service.ref.namespace && hasLabels(labels, selector ?? {}),
    );
  known.set(service, pods);
  return pods;
}

/** Rules and plan ask for the same pods again and again. */
const selectedPods = new WeakMap<Manifests, Map<Manifest<'Service'>, readonly WorkloadPod[]>>();

export function hasSelector({ spec }: Service): boolean {
  return Object.keys(spec.selector ?? {}).length > 0;
}

/** No address of its own: the name resolves to the pods' addresses. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None';
}

export function isExternalName({ spec }: Service): boolean {
  return spec.type === 'ExternalName';
}

/** Whether it gets a load balancer: it selects pods and has an address. */
export function isLoadBalanced(service: Service): boolean {
  return !isHeadless(service) && !isExternalName(service) && hasSelector(service);
}

/**
 * The routing of a Service: its annotation, else the app's setting. The app's setting is for Services inside the
 * app; a Service of type LoadBalancer has a load balancer.
 */
export function serviceRoutingOf(service: Manifest<'Service'>, { via = 'nlb' }: Config): ServiceRouting {
  return (
    annotationValue(service, 'i2kit.dev/via') ??
    (isClusterInternal(service) && annotationValue(service, 'i2kit.dev/load-balancer') === undefined ? via : 'nlb')
  );
}

/** Whether it has an address in a cluster, and is not reachable from outside. */
export const isClusterInternal = ({ object }: Manifest<'Service'>): boolean =>
  isLoadBalanced(object) && object.spec.type !== 'LoadBalancer';
