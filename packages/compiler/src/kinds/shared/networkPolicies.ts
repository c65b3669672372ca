// Finds the NetworkPolicies of a pod, and the peers that they admit.
import type { NetworkPolicyPeer } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';
import { isEmptySelector, matchesSelector } from './labelSelector.ts';
import { podsOf, type WorkloadPod } from './pods.ts';

export type PolicyManifest = Manifest<'NetworkPolicy'>;

type Side = 'Ingress' | 'Egress';

/** Results that rules and pods ask for again and again: each selector is compared with each pod once. */
interface PolicyIndex {
  /** The policies that select an object's pod. */
  readonly policies: ReadonlyMap<Manifest, readonly PolicyManifest[]>;
  /** The policies that isolate any pod in one direction. */
  readonly effective: Readonly<Record<Side, ReadonlySet<PolicyManifest>>>;
  readonly peers: Map<NetworkPolicyPeer, readonly WorkloadPod[]>;
}

const indexCache = new WeakMap<Manifests, PolicyIndex>();

function policyIndex(manifests: Manifests): PolicyIndex {
  const cached = indexCache.get(manifests);
  if (cached) return cached;
  const policies = new Map<Manifest, PolicyManifest[]>();
  const effective = { Ingress: new Set<PolicyManifest>(), Egress: new Set<PolicyManifest>() };
  for (const { manifest, namespace, labels } of podsOf(manifests)) {
    const own = manifests
      .of('NetworkPolicy')
      .filter(({ ref, object }) => ref.namespace === namespace && matchesSelector(object.spec.podSelector, labels));
    policies.set(manifest, own);
    for (const side of ['Ingress', 'Egress'] as const)
      for (const policy of own) if (policy.object.spec.policyTypes.includes(side)) effective[side].add(policy);
  }
  const index = { policies, effective, peers: new Map() };
  indexCache.set(manifests, index);
  return index;
}

/** The policies that isolate the pod in one direction. */
export const policiesOf = (
  { manifest }: WorkloadPod,
  manifests: Manifests,
  side: Side = 'Ingress',
): readonly PolicyManifest[] =>
  (policyIndex(manifests).policies.get(manifest) ?? []).filter(({ object }) => object.spec.policyTypes.includes(side));

/** The policies that isolate any pod in one direction, in the order of the pods. */
export const effectivePolicies = (manifests: Manifests, side: Side): ReadonlySet<PolicyManifest> =>
  policyIndex(manifests).effective[side];

/** The workloads that a peer selects; without a namespace selector, those of the policy's own namespace. */
export function peerPods(
  peer: NetworkPolicyPeer,
  policy: PolicyManifest,
  manifests: Manifests,
): readonly WorkloadPod[] {
  const { peers } = policyIndex(manifests);
  const { podSelector = {}, namespaceSelector } = peer;
  const found =
    peers.get(peer) ??
    podsOf(manifests).filter(({ namespace, labels }) => {
      const inNamespace = namespaceSelector
        ? matchesSelector(namespaceSelector, namespaceLabels(namespace, manifests))
        : namespace === policy.ref.namespace;
      return inNamespace && matchesSelector(podSelector, labels);
    });
  peers.set(peer, found);
  return found;
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
