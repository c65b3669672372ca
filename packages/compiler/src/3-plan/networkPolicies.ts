// NetworkPolicies -> ingress and egress rules of a machine group.
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../generated/kubernetes.ts';
import { subtractBlocks } from '../kinds/shared/cidr.ts';
import {
  isAnyPod,
  type PolicyManifest,
  peerPods,
  policiesOf,
  restrictsEgress,
} from '../kinds/shared/networkPolicies.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { declaredPorts } from '../kinds/shared/ports.ts';
import type { Manifests } from '../manifest.ts';
import type {
  MachineGroup,
  NetworkEgressRule,
  NetworkIngressRule,
  NetworkPeers,
  PortRange,
  Protocol,
} from '../plan.ts';
import { portsThroughRedirects } from './headlessServices.ts';
import { groupKeysOf } from './machineGroupKeys.ts';

/** Undefined if no policy selects the pod for ingress. A rule without ports means all ports that the machine opens. */
export function ingressRulesOf(
  pod: WorkloadPod,
  group: Pick<MachineGroup, 'ports' | 'pod'>,
  manifests: Manifests,
): readonly NetworkIngressRule[] | undefined {
  const policies = policiesOf(pod, manifests);
  if (policies.length === 0) return undefined;
  return policies.flatMap((policy) =>
    (policy.object.spec.ingress ?? []).flatMap(({ from = [], ports = [] }, index): readonly NetworkIngressRule[] => {
      const origin = { object: policy.ref, path: ['spec', 'ingress', index] };
      const ranges =
        ports.length === 0
          ? group.ports.map(({ protocol, port }) => ({ protocol, from: port, to: port }))
          : portsThroughRedirects(
              ports.flatMap((port) => portRangesOf(port, pod)),
              group,
            );
      const peers: readonly NetworkPeers[] =
        from.length === 0 ? [{ kind: 'everyone' }] : from.map((peer) => peersOf(peer, policy, manifests));
      return ranges.length === 0 ? [] : peers.map((each) => ({ origin, peers: each, ports: ranges }));
    }),
  );
}

/**
 * Undefined if no policy selects the pod for egress. A named port resolves per peer group; address blocks have no
 * named ports.
 */
export function egressRulesOf(
  pod: WorkloadPod,
  groups: readonly MachineGroup[],
  manifests: Manifests,
): readonly NetworkEgressRule[] | undefined {
  const policies = policiesOf(pod, manifests, 'Egress');
  if (policies.length === 0 || !policies.every(restrictsEgress)) return undefined;
  return policies.flatMap((policy) =>
    (policy.object.spec.egress ?? []).flatMap(({ to = [], ports = [] }, index): readonly NetworkEgressRule[] => {
      const origin = { object: policy.ref, path: ['spec', 'egress', index] };
      const numbered = ports.flatMap((port) => portRangesOf(port));
      const at = (peers: NetworkPeers): readonly NetworkEgressRule[] =>
        ports.length === 0 ? [{ origin, peers }] : numbered.length === 0 ? [] : [{ origin, peers, ports: numbered }];
      if (to.length === 0) return at({ kind: 'everyone' });
      return to.flatMap((peer) => {
        if (peer.ipBlock || isAnyPod(peer)) return at(peersOf(peer, policy, manifests));
        return peerPods(peer, policy, manifests).flatMap((other) => egressRulesToPod(origin, other, ports, groups));
      });
    }),
  );
}

function egressRulesToPod(
  origin: NetworkEgressRule['origin'],
  pod: WorkloadPod,
  ports: readonly NetworkPolicyPort[],
  manifests: readonly MachineGroup[],
): readonly NetworkEgressRule[] {
  const keys = groupKeysOf([pod]);
  const group = manifests.find(({ key }) => keys.includes(key));
  const peers: NetworkPeers = { kind: 'groups', groups: keys };
  if (ports.length === 0 || group === undefined) return group === undefined ? [] : [{ origin, peers }];
  const ranges = portsThroughRedirects(
    ports.flatMap((port) => portRangesOf(port, pod)),
    group,
  );
  return ranges.length === 0 ? [] : [{ origin, peers, ports: ranges }];
}

function peersOf(peer: NetworkPolicyPeer, policy: PolicyManifest, manifests: Manifests): NetworkPeers {
  if (peer.ipBlock) return { kind: 'addresses', cidrs: subtractBlocks(peer.ipBlock.cidr, peer.ipBlock.except ?? []) };
  if (isAnyPod(peer)) return { kind: 'environment' };
  return { kind: 'groups', groups: groupKeysOf(peerPods(peer, policy, manifests)) };
}

/** A named port resolves in the pod itself; an unknown name opens nothing. */
function portRangesOf({ protocol, port, endPort }: NetworkPolicyPort, pod?: WorkloadPod): readonly PortRange[] {
  const of = { protocol: protocol as Protocol };
  if (port === undefined) return [{ ...of, from: 1, to: 65535 }];
  if (typeof port === 'number') return [{ ...of, from: port, to: endPort ?? port }];
  return (pod === undefined ? [] : declaredPorts(pod.spec)).flatMap((declared) =>
    declared.name === port && declared.protocol === protocol
      ? [{ ...of, from: declared.containerPort, to: declared.containerPort }]
      : [],
  );
}
