// Finds the NetworkPolicies of a pod, and the peers that they admit.
import type { NetworkPolicyPeer } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';
import { isEmptySelector, matchesSelector } from './labelSelector.ts';
import { podsOf, type WorkloadPod } from './pods.ts';

export type PolicyManifest = Manifest<'NetworkPolicy'>;

/** The policies that isolate the pod in one direction. */
export const policiesOf = (
  { namespace, labels }: WorkloadPod,
  manifests: Manifests,
  side: 'Ingress' | 'Egress' = 'Ingress',
): readonly PolicyManifest[] =>
  manifests
    .of('NetworkPolicy')
    .filter(
      ({ ref, object: { spec } }) =>
        ref.namespace === namespace && spec.policyTypes.includes(side) && matchesSelector(spec.podSelector, labels),
    );

/** The workloads that a peer selects; without a namespace selector, those of the policy's own namespace. */
export function peerPods(
  { podSelector, namespaceSelector }: NetworkPolicyPeer,
  policy: PolicyManifest,
  manifests: Manifests,
): readonly WorkloadPod[] {
  return podsOf(manifests).filter(({ namespace, labels }) => {
    const inNamespace = namespaceSelector
      ? matchesSelector(namespaceSelector, namespaceLabels(namespace, manifests))
      : namespace === policy.ref.namespace;
    return inNamespace && matchesSelector(podSelector ?? {}, labels);
  });
}

/** Every machine of the environment, whatever its app. */
export const isAnyPod = ({ podSelector, namespaceSelector }: NetworkPolicyPeer): boolean =>
  namespaceSelector !== undefined && isEmptySelector(namespaceSelector) && isEmptySelector(podSelector ?? {});

/** A namespace has its name as a label, even without an object. */
const namespaceLabels = (namespace: string, manifests: Manifests): Labels => ({
  ...manifests.get('Namespace', '', namespace)?.object.metadata.labels,
  'kubernetes.io/metadata.name': namespace,
});

/** Whether it restricts the pod's outbound traffic at all. */
export const restrictsEgress = ({ object: { spec } }: PolicyManifest): boolean =>
  spec.policyTypes.includes('Egress') &&
  !(spec.egress ?? []).some(({ to = [], ports = [] }) => to.length === 0 && ports.length === 0);
