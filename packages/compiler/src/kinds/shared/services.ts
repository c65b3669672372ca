// What a Service selects, and of which sort it is.
import type { Service } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import { hasLabels } from './labelSelector.ts';
import { type PodOf, podsOf } from './pods.ts';

/** The workloads whose pods a Service selects: in its namespace, with its labels; none where it has no selector. What runs to its end serves nobody. */
export function selectedBy(service: Manifest<'Service'>, all: Manifests): readonly PodOf[] {
  const { selector } = service.object.spec;
  if (!hasSelector(service.object)) return [];
  return podsOf(all).filter(
    ({ namespace, labels, ends }) => !ends && namespace === service.ref.namespace && hasLabels(labels, selector ?? {}),
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
export function isBalanced(service: Service): boolean {
  return !isHeadless(service) && !isExternalName(service) && hasSelector(service);
}
