// Services: the pods that they select, their type, and how they are routed.

import { annotationValue } from '../../annotations/index.ts';
import type { Service } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { Config, ServiceRouting } from '../../options.ts';
import { hasLabels } from './labelSelector.ts';
import { podsOf, type WorkloadPod } from './pods.ts';

// What a Service selects, and of which sort it is.

/** The workloads whose pods a Service selects: in its namespace, with its labels; none where it has no selector. What runs to its end serves nobody. */
export function podsSelectedBy(service: Manifest<'Service'>, all: Manifests): readonly WorkloadPod[] {
  const { selector } = service.object.spec;
  if (!hasSelector(service.object)) return [];
  return podsOf(all).filter(
    ({ namespace, labels, runsToCompletion: ends }) =>
      !ends && namespace === service.ref.namespace && hasLabels(labels, selector ?? {}),
  );
}

export function hasSelector({ spec }: Service): boolean {
  return Object.keys(spec.selector ?? {}).length > 0;
}

/** No address of its own: the name stands for the pods' addresses. */
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

// How a Service is reached: what its annotation says, else what is said for the app.

/** The app's setting is for Services inside of it; one that asks for a load balancer has it. */
export function serviceRoutingOf(service: Manifest<'Service'>, { via = 'nlb' }: Config): ServiceRouting {
  return (
    annotationValue(service, 'i2kit.dev/via') ??
    (isClusterInternal(service) && annotationValue(service, 'i2kit.dev/load-balancer') === undefined ? via : 'nlb')
  );
}

/** Whether it has an address in a cluster, and leads nowhere from outside. */
export const isClusterInternal = ({ object }: Manifest<'Service'>): boolean =>
  isLoadBalanced(object) && object.spec.type !== 'LoadBalancer';
