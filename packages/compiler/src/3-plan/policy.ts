// NetworkPolicies -> whom the machines of a group let in, and whom they may talk to.
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../generated/kubernetes.ts';
import { subtract } from '../kinds/shared/cidr.ts';
import type { PodOf } from '../kinds/shared/pods.ts';
import { isEveryone, type Policy, podsOfPeer, policiesOf, restrictsEgress } from '../kinds/shared/policies.ts';
import { declaredPorts } from '../kinds/shared/ports.ts';
import type { Manifests } from '../manifest.ts';
import type { Admission, MachineGroup, Peers, PortRange, Protocol, Release } from '../plan.ts';
import { throughRedirects } from './machineNames.ts';
import { groupKeys } from './machines.ts';

/** Undefined where no policy selects the pod. A rule without ports means those that the machine opens at all. */
export function admittedTo(pod: PodOf, group: Pick<MachineGroup, 'ports' | 'pod'>, all: Manifests): readonly Admission[] | undefined {
  const policies = policiesOf(pod, all);
  if (policies.length === 0) return undefined;
  return policies.flatMap((policy) =>
    (policy.object.spec.ingress ?? []).flatMap(({ from = [], ports = [] }, index): readonly Admission[] => {
      const origin = { object: policy.ref, path: ['spec', 'ingress', index] };
      const ranges =
        ports.length === 0
          ? group.ports.map(({ protocol, port }) => ({ protocol, from: port, to: port }))
          : throughRedirects(
              ports.flatMap((port) => rangeOf(port, pod)),
              group,
            );
      const peers: readonly Peers[] = from.length === 0 ? [{ kind: 'everyone' }] : from.map((peer) => peersOf(peer, policy, all));
      return ranges.length === 0 ? [] : peers.map((each) => ({ origin, peers: each, ports: ranges }));
    }),
  );
}

/** Undefined where no policy holds back what the pod sends. A named port is that of each peer; blocks of addresses have none. */
export function releasedTo(pod: PodOf, groups: readonly MachineGroup[], all: Manifests): readonly Release[] | undefined {
  const policies = policiesOf(pod, all, 'Egress');
  if (policies.length === 0 || !policies.every(restrictsEgress)) return undefined;
  return policies.flatMap((policy) =>
    (policy.object.spec.egress ?? []).flatMap(({ to = [], ports = [] }, index): readonly Release[] => {
      const origin = { object: policy.ref, path: ['spec', 'egress', index] };
      const numbered = ports.flatMap((port) => rangeOf(port));
      const at = (peers: Peers): readonly Release[] =>
        ports.length === 0 ? [{ origin, peers }] : numbered.length === 0 ? [] : [{ origin, peers, ports: numbered }];
      if (to.length === 0) return at({ kind: 'everyone' });
      return to.flatMap((peer) => {
        if (peer.ipBlock || isEveryone(peer)) return at(peersOf(peer, policy, all));
        return podsOfPeer(peer, policy, all).flatMap((other) => released(origin, other, ports, groups));
      });
    }),
  );
}

function released(
  origin: Release['origin'],
  pod: PodOf,
  ports: readonly NetworkPolicyPort[],
  all: readonly MachineGroup[],
): readonly Release[] {
  const keys = groupKeys([pod]);
  const group = all.find(({ key }) => keys.includes(key));
  const peers: Peers = { kind: 'groups', groups: keys };
  if (ports.length === 0 || group === undefined) return group === undefined ? [] : [{ origin, peers }];
  const ranges = throughRedirects(
    ports.flatMap((port) => rangeOf(port, pod)),
    group,
  );
  return ranges.length === 0 ? [] : [{ origin, peers, ports: ranges }];
}

function peersOf(peer: NetworkPolicyPeer, policy: Policy, all: Manifests): Peers {
  if (peer.ipBlock) return { kind: 'addresses', cidrs: subtract(peer.ipBlock.cidr, peer.ipBlock.except ?? []) };
  if (isEveryone(peer)) return { kind: 'environment' };
  return { kind: 'groups', groups: groupKeys(podsOfPeer(peer, policy, all)) };
}

/** A named port is that of the pod itself; one that it does not have opens nothing. */
function rangeOf({ protocol, port, endPort }: NetworkPolicyPort, pod?: PodOf): readonly PortRange[] {
  const of = { protocol: protocol as Protocol };
  if (port === undefined) return [{ ...of, from: 1, to: 65535 }];
  if (typeof port === 'number') return [{ ...of, from: port, to: endPort ?? port }];
  return (pod === undefined ? [] : declaredPorts(pod.spec)).flatMap((declared) =>
    declared.name === port && declared.protocol === protocol ? [{ ...of, from: declared.containerPort, to: declared.containerPort }] : [],
  );
}
