// Which NetworkPolicies hold for a pod, and whom they let in.
import type { NetworkPolicyPeer } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';
import { isEmptySelector, selects } from './labelSelector.ts';
import { type PodOf, podsOf } from './pods.ts';

export type Policy = Manifest<'NetworkPolicy'>;

/** Those that isolate the pod on one side. */
export const policiesOf = ({ namespace, labels }: PodOf, all: Manifests, side: 'Ingress' | 'Egress' = 'Ingress'): readonly Policy[] =>
  all
    .of('NetworkPolicy')
    .filter(
      ({ ref, object: { spec } }) => ref.namespace === namespace && spec.policyTypes.includes(side) && selects(spec.podSelector, labels),
    );

/** The workloads that a peer means: of the policy's own namespace, where it selects none. */
export function podsOfPeer({ podSelector, namespaceSelector }: NetworkPolicyPeer, policy: Policy, all: Manifests): readonly PodOf[] {
  return podsOf(all).filter(({ namespace, labels }) => {
    const there = namespaceSelector ? selects(namespaceSelector, labelsOf(namespace, all)) : namespace === policy.ref.namespace;
    return there && selects(podSelector ?? {}, labels);
  });
}

/** Every machine of the environment, whatever its app. */
export const isEveryone = ({ podSelector, namespaceSelector }: NetworkPolicyPeer): boolean =>
  namespaceSelector !== undefined && isEmptySelector(namespaceSelector) && isEmptySelector(podSelector ?? {});

/** A namespace has its name as a label, whether there is an object of it or not. */
const labelsOf = (namespace: string, all: Manifests): Labels => ({
  ...all.get('Namespace', '', namespace)?.object.metadata.labels,
  'kubernetes.io/metadata.name': namespace,
});

/** Whether it holds back what the pod sends at all. */
export const restrictsEgress = ({ object: { spec } }: Policy): boolean =>
  spec.policyTypes.includes('Egress') && !(spec.egress ?? []).some(({ to = [], ports = [] }) => to.length === 0 && ports.length === 0);
