// NetworkPolicies: valid as in ValidateNetworkPolicySpec, and what security groups do differently.

import type { Path } from '../../diagnostic.ts';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../generated/kubernetes.ts';
import { isWithin } from '../../kinds/shared/cidr.ts';
import { policiesOf, restrictsEgress } from '../../kinds/shared/networkPolicies.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import type { Manifests } from '../../manifest.ts';
import { cidrFamily, isPort, portName } from '../formats.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { objectRule, type ReportAt } from '../rule.ts';

// What a NetworkPolicy holds. As ValidateNetworkPolicySpec of Kubernetes.

export const networkPolicies = objectRule('NetworkPolicy', ['I2K340', 'I2K314'], ({ spec }, say) => {
  for (const { path, message } of labelSelectorProblems(spec.podSelector))
    say(['spec', 'podSelector', ...path], message, { code: 'I2K314' });
  if (spec.policyTypes.length > 2) say(['spec', 'policyTypes'], 'there are two types of policies');
  for (const [index, type] of spec.policyTypes.entries()) {
    if (!['Ingress', 'Egress'].includes(type))
      say(['spec', 'policyTypes', index], `${JSON.stringify(type)} is neither Ingress nor Egress`);
  }
  for (const [index, { ports = [], from = [] }] of (spec.ingress ?? []).entries())
    checkRule(ports, from, 'from', ['spec', 'ingress', index], say);
  for (const [index, { ports = [], to = [] }] of (spec.egress ?? []).entries())
    checkRule(ports, to, 'to', ['spec', 'egress', index], say);
});

function checkRule(
  ports: readonly NetworkPolicyPort[],
  peers: readonly NetworkPolicyPeer[],
  side: string,
  path: Path,
  say: ReportAt,
): void {
  for (const [index, port] of ports.entries()) checkPort(port, [...path, 'ports', index], say);
  for (const [index, peer] of peers.entries()) checkPeer(peer, [...path, side, index], say);
}

function checkPort({ protocol, port, endPort }: NetworkPolicyPort, path: Path, say: ReportAt): void {
  if (!['TCP', 'UDP', 'SCTP'].includes(protocol))
    say([...path, 'protocol'], `${JSON.stringify(protocol)} is none of TCP, UDP and SCTP`);
  if (typeof port === 'number') {
    if (!isPort(port)) say([...path, 'port'], `${port} is no port: ports are 1 to 65535`);
    if (endPort !== undefined && (endPort < port || !isPort(endPort)))
      say([...path, 'endPort'], `endPort ${endPort} is no port from ${port} on`);
    return;
  }
  const problem = port === undefined ? undefined : portName(port);
  if (problem) say([...path, 'port'], `the port's name ${JSON.stringify(port)} ${problem}`);
  if (endPort !== undefined) say([...path, 'endPort'], 'endPort goes with the number of a port');
}

function checkPeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, path: Path, say: ReportAt): void {
  if (!podSelector && !namespaceSelector && !ipBlock) say(path, 'the peer says nothing');
  if (ipBlock && (podSelector || namespaceSelector)) say(path, 'a peer is an ipBlock or selects pods, and not both');
  for (const [field, selector] of Object.entries({ podSelector, namespaceSelector })) {
    for (const { path: where, message } of labelSelectorProblems(selector ?? {}))
      say([...path, field, ...where], message, { code: 'I2K314' });
  }
  if (!ipBlock) return;
  const at = [...path, 'ipBlock'];
  const family = cidrFamily(ipBlock.cidr ?? '');
  if (family === undefined) {
    say([...at, 'cidr'], `${JSON.stringify(ipBlock.cidr ?? '')} is no CIDR block`, {
      hint: 'write it as 203.0.113.0/24',
    });
    return;
  }
  for (const [index, except] of (ipBlock.except ?? []).entries()) {
    const size = (text: string) => Number(text.split('/')[1]);
    if (cidrFamily(except) === undefined) say([...at, 'except', index], `${JSON.stringify(except)} is no CIDR block`);
    else if (
      cidrFamily(except) !== family ||
      size(except) <= size(ipBlock.cidr) ||
      (family === 'IPv4' && !isWithin(except, ipBlock.cidr))
    ) {
      say([...at, 'except', index], `${except} is no part of ${ipBlock.cidr}`);
    }
  }
}

// What of a NetworkPolicy the firewall of a machine can do, and what it does otherwise than a cluster's network.

export const policyDifferences = objectRule(
  'NetworkPolicy',
  ['I2K478', 'I2K432', 'I2K433', 'I2K565', 'I2K566', 'I2K567'],
  ({ spec }, say, manifest, all, options) => {
    const out = ['spec', spec.egress === undefined ? 'policyTypes' : 'egress'];
    if (restrictsEgress(manifest) && options?.config?.network?.securityGroup !== undefined)
      say(out, 'machines are in the security group that i2kit.yaml names, too, and it may let everything out', {
        code: 'I2K478',
      });
    for (const [index, { from = [], ports = [] }] of (spec.ingress ?? []).entries())
      checkUnsupportedPeers(from, 'from', ports, ['spec', 'ingress', index], say);
    for (const [index, { to = [], ports = [] }] of (spec.egress ?? []).entries())
      checkUnsupportedPeers(to, 'to', ports, ['spec', 'egress', index], say);
    const [guards, holds] = [effectivePolicies(all, 'Ingress'), effectivePolicies(all, 'Egress')];
    if (!guards.includes(manifest) && !holds.includes(manifest))
      say(['spec', 'podSelector'], `the policy selects no workload of the namespace ${manifest.ref.namespace}`, {
        code: 'I2K566',
      });
    if (guards.includes(manifest))
      say(
        ['spec', 'podSelector'],
        'the firewall knows the workloads of this app, and lets load balancers of Ingresses in',
        {
          code: 'I2K565',
        },
      );
    if (holds.includes(manifest) && restrictsEgress(manifest))
      say(out, 'TCP port 443 stays open to every address: the agent of a machine calls AWS there', { code: 'I2K567' });
  },
);

const effectivePolicies = (all: Manifests, side: 'Ingress' | 'Egress') =>
  podsOf(all).flatMap((pod) => policiesOf(pod, all, side));

/** What no rule of a security group here holds. */
function checkUnsupportedPeers(
  peers: readonly NetworkPolicyPeer[],
  side: string,
  ports: readonly NetworkPolicyPort[],
  path: Path,
  say: ReportAt,
): void {
  for (const [position, { ipBlock }] of peers.entries()) {
    if (ipBlock && cidrFamily(ipBlock.cidr) === 'IPv6')
      say([...path, side, position, 'ipBlock', 'cidr'], `${ipBlock.cidr} is a block of IPv6 addresses`, {
        code: 'I2K432',
      });
  }
  for (const [position, { protocol }] of ports.entries()) {
    if (protocol === 'SCTP') say([...path, 'ports', position, 'protocol'], 'the protocol is SCTP', { code: 'I2K433' });
  }
}
