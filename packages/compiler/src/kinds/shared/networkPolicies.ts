// Which NetworkPolicies hold for a pod, and whom they let in.
import type { NetworkPolicyPeer } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';
import { isEmptySelector, matchesSelector } from './labelSelector.ts';
import { podsOf, type WorkloadPod } from './pods.ts';

export type PolicyManifest = Manifest<'NetworkPolicy'>;

/** Those that isolate the pod on one side. */
export const policiesOf = (
  { namespace, labels }: WorkloadPod,
  all: Manifests,
  side: 'Ingress' | 'Egress' = 'Ingress',
): readonly PolicyManifest[] =>
  all
    .of('NetworkPolicy')
    .filter(
      ({ ref, object: { spec } }) =>
        ref.namespace === namespace && spec.policyTypes.includes(side) && matchesSelector(spec.podSelector, labels),
    );

/** The workloads that a peer means: of the policy's own namespace, where it selects none. */
export function peerPods(
  { podSelector, namespaceSelector }: NetworkPolicyPeer,
  policy: PolicyManifest,
  all: Manifests,
): readonly WorkloadPod[] {
  return podsOf(all).filter(({ namespace, labels }) => {
    const there = namespaceSelector
      ? matchesSelector(namespaceSelector, namespaceLabels(namespace, all))
      : namespace === policy.ref.namespace;
    return there && matchesSelector(podSelector ?? {}, labels);
  });
}

/** Every machine of the environment, whatever its app. */
export const isAnyPod = ({ podSelector, namespaceSelector }: NetworkPolicyPeer): boolean =>
  namespaceSelector !== undefined && isEmptySelector(namespaceSelector) && isEmptySelector(podSelector ?? {});

/** A namespace has its name as a label, whether there is an object of it or not. */
const namespaceLabels = (namespace: string, all: Manifests): Labels => ({
  ...all.get('Namespace', '', namespace)?.object.metadata.labels,
  'kubernetes.io/metadata.name': namespace,
});

/** Whether it holds back what the pod sends at all. */
export const restrictsEgress = ({ object: { spec } }: PolicyManifest): boolean =>
  spec.policyTypes.includes('Egress') &&
  !(spec.egress ?? []).some(({ to = [], ports = [] }) => to.length === 0 && ports.length === 0);
