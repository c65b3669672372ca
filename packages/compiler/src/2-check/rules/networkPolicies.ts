// What a NetworkPolicy holds. As ValidateNetworkPolicySpec of Kubernetes.
import type { Path } from '../../diagnostic.ts';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../generated/kubernetes.ts';
import { isWithin } from '../../kinds/shared/cidr.ts';
import { cidrFamily, isPort, portName } from '../formats.ts';
import { perObject, type Say } from '../rule.ts';
import { problemsOf } from '../selector.ts';

export const networkPolicies = perObject('NetworkPolicy', ['I2K340', 'I2K314'], ({ spec }, say) => {
  for (const { path, message } of problemsOf(spec.podSelector)) say(['spec', 'podSelector', ...path], message, { code: 'I2K314' });
  if (spec.policyTypes.length > 2) say(['spec', 'policyTypes'], 'there are two types of policies');
  for (const [index, type] of spec.policyTypes.entries()) {
    if (!['Ingress', 'Egress'].includes(type)) say(['spec', 'policyTypes', index], `${JSON.stringify(type)} is neither Ingress nor Egress`);
  }
  for (const [index, { ports = [], from = [] }] of (spec.ingress ?? []).entries())
    checkRule(ports, from, 'from', ['spec', 'ingress', index], say);
  for (const [index, { ports = [], to = [] }] of (spec.egress ?? []).entries()) checkRule(ports, to, 'to', ['spec', 'egress', index], say);
});

function checkRule(ports: readonly NetworkPolicyPort[], peers: readonly NetworkPolicyPeer[], side: string, path: Path, say: Say): void {
  for (const [index, port] of ports.entries()) checkPort(port, [...path, 'ports', index], say);
  for (const [index, peer] of peers.entries()) checkPeer(peer, [...path, side, index], say);
}

function checkPort({ protocol, port, endPort }: NetworkPolicyPort, path: Path, say: Say): void {
  if (!['TCP', 'UDP', 'SCTP'].includes(protocol)) say([...path, 'protocol'], `${JSON.stringify(protocol)} is none of TCP, UDP and SCTP`);
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

function checkPeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, path: Path, say: Say): void {
  if (!podSelector && !namespaceSelector && !ipBlock) say(path, 'the peer says nothing');
  if (ipBlock && (podSelector || namespaceSelector)) say(path, 'a peer is an ipBlock or selects pods, and not both');
  for (const [field, selector] of Object.entries({ podSelector, namespaceSelector })) {
    for (const { path: where, message } of problemsOf(selector ?? {})) say([...path, field, ...where], message, { code: 'I2K314' });
  }
  if (!ipBlock) return;
  const at = [...path, 'ipBlock'];
  const family = cidrFamily(ipBlock.cidr ?? '');
  if (family === undefined) {
    say([...at, 'cidr'], `${JSON.stringify(ipBlock.cidr ?? '')} is no CIDR block`, { hint: 'write it as 203.0.113.0/24' });
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
