// NetworkPolicies -> ingress and egress rules of a machine group. Policies that select the same pods give each rule once.
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

export interface NetworkRules {
  /** Undefined if no policy selects the pod for ingress. A rule without ports means all ports that the machine opens. */
  readonly ingressRules?: readonly NetworkIngressRule[];
  /**
   * Undefined if no policy restricts the pod's egress. A named port resolves per peer group; address blocks have no
   * named ports.
   */
  readonly egressRules?: readonly NetworkEgressRule[];
}

/** The rules of each group; needs the ports of all groups. */
export function networkRulesOf(
  groups: readonly MachineGroup[],
  manifests: Manifests,
): (pod: WorkloadPod, group: MachineGroup) => NetworkRules {
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const distinct = distinctRules();
  const peersOf = memoized((peer: NetworkPolicyPeer, policy: PolicyManifest) => peersIn(peer, policy, manifests));
  const egressOf = memoized((policy: PolicyManifest) => policyEgressRules(policy, byKey, manifests));
  /** By the numbers of the policies: most pods are selected by the same ones. */
  const egressOfAll = new Map<string, readonly NetworkEgressRule[]>();
  const numbers = new Map(manifests.of('NetworkPolicy').map((policy, number) => [policy, number]));

  const ingressRules = (pod: WorkloadPod, group: MachineGroup): readonly NetworkIngressRule[] | undefined => {
    const policies = policiesOf(pod, manifests);
    if (policies.length === 0) return undefined;
    return distinct(
      policies.flatMap((policy) =>
        (policy.object.spec.ingress ?? []).flatMap(
          ({ from = [], ports = [] }, index): readonly NetworkIngressRule[] => {
            const origin = { object: policy.ref, path: ['spec', 'ingress', index] };
            const ranges = ingressPorts(ports, pod, group);
            const peers: readonly NetworkPeers[] =
              from.length === 0 ? [{ kind: 'everyone' }] : from.map((peer) => peersOf(peer, policy));
            return ranges.length === 0 ? [] : peers.map((each) => ({ origin, peers: each, ports: ranges }));
          },
        ),
      ),
    );
  };

  const egressRules = (pod: WorkloadPod): readonly NetworkEgressRule[] | undefined => {
    const policies = policiesOf(pod, manifests, 'Egress');
    if (policies.length === 0 || !policies.every(restrictsEgress)) return undefined;
    const key = policies.map((policy) => numbers.get(policy)).join(' ');
    const rules = egressOfAll.get(key) ?? distinct(policies.flatMap((policy) => egressOf(policy)));
    egressOfAll.set(key, rules);
    return rules;
  };

  return (pod, group) => {
    const [into, out] = [ingressRules(pod, group), egressRules(pod)];
    return { ...(into && { ingressRules: into }), ...(out && { egressRules: out }) };
  };
}

const ingressPorts = (
  ports: readonly NetworkPolicyPort[],
  pod: WorkloadPod,
  group: MachineGroup,
): readonly PortRange[] =>
  ports.length === 0
    ? group.ports.map(({ protocol, port }) => ({ protocol, from: port, to: port }))
    : portsThroughRedirects(
        ports.flatMap((port) => portRangesOf(port, pod)),
        group,
      );

/** The same for every pod that the policy selects. */
const policyEgressRules = (
  policy: PolicyManifest,
  groups: ReadonlyMap<string, MachineGroup>,
  manifests: Manifests,
): readonly NetworkEgressRule[] =>
  (policy.object.spec.egress ?? []).flatMap(({ to = [], ports = [] }, index): readonly NetworkEgressRule[] => {
    const origin = { object: policy.ref, path: ['spec', 'egress', index] };
    const numbered = ports.flatMap((port) => portRangesOf(port));
    const at = (peers: NetworkPeers): readonly NetworkEgressRule[] =>
      ports.length === 0 ? [{ origin, peers }] : numbered.length === 0 ? [] : [{ origin, peers, ports: numbered }];
    if (to.length === 0) return at({ kind: 'everyone' });
    return to.flatMap((peer) => {
      if (peer.ipBlock || isAnyPod(peer)) return at(peersIn(peer, policy, manifests));
      return peerPods(peer, policy, manifests).flatMap((other) => egressRulesToPod(origin, other, ports, groups));
    });
  });

function egressRulesToPod(
  origin: NetworkEgressRule['origin'],
  pod: WorkloadPod,
  ports: readonly NetworkPolicyPort[],
  groups: ReadonlyMap<string, MachineGroup>,
): readonly NetworkEgressRule[] {
  const keys = groupKeysOf([pod]);
  const group = groups.get(keys[0] ?? '');
  const peers: NetworkPeers = { kind: 'groups', groups: keys };
  if (ports.length === 0 || group === undefined) return group === undefined ? [] : [{ origin, peers }];
  const ranges = portsThroughRedirects(
    ports.flatMap((port) => portRangesOf(port, pod)),
    group,
  );
  return ranges.length === 0 ? [] : [{ origin, peers, ports: ranges }];
}

function peersIn(peer: NetworkPolicyPeer, policy: PolicyManifest, manifests: Manifests): NetworkPeers {
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

/** Each rule once. Lists of peers are long, so each is compared as text once only. */
type Rule = NetworkIngressRule | NetworkEgressRule;

function distinctRules(): <T extends Rule>(rules: readonly T[]) => readonly T[] {
  const numbers = new Map<string, number>();
  const numberOf = memoized((peers: NetworkPeers): number => {
    const text = JSON.stringify(peers);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
  return (rules) => {
    const found = new Map<string, (typeof rules)[number]>();
    for (const rule of rules) {
      const key = `${numberOf(rule.peers)} ${JSON.stringify(rule.ports)}`;
      // As for resources of the same id, the last policy is the origin of a rule between groups; of other rules, the first is.
      if (rule.peers.kind === 'groups' || !found.has(key)) found.set(key, rule);
    }
    return [...found.values()];
  };
}

/** A function of an object, called once for each. */
function memoized<K extends object, A extends readonly unknown[], R>(
  of: (key: K, ...more: A) => R,
): (key: K, ...more: A) => R {
  const known = new Map<K, R>();
  return (key, ...more) => {
    if (!known.has(key)) known.set(key, of(key, ...more));
    return known.get(key) as R;
  };
}
