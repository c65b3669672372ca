// NetworkPolicies: valid as in ValidateNetworkPolicySpec, and the differences of security groups.

import type { Path } from '../../diagnostic.ts';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../generated/kubernetes.ts';
import { isWithin } from '../../kinds/shared/cidr.ts';
import { effectivePolicies, restrictsEgress } from '../../kinds/shared/networkPolicies.ts';
import { cidrFamily, isPort, portName } from '../formats.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { objectRule, type ReportAt } from '../rule.ts';

/** The fields of a NetworkPolicy. As ValidateNetworkPolicySpec of Kubernetes. */
export const networkPolicies = objectRule('NetworkPolicy', ['I2K340', 'I2K314'], ({ spec }, reportAt) => {
  for (const { path, message } of labelSelectorProblems(spec.podSelector))
    reportAt(['spec', 'podSelector', ...path], message, { code: 'I2K314' });
  if (spec.policyTypes.length > 2) reportAt(['spec', 'policyTypes'], 'there are only two types of policies');
  for (const [index, type] of spec.policyTypes.entries()) {
    if (!['Ingress', 'Egress'].includes(type))
      reportAt(['spec', 'policyTypes', index], `${JSON.stringify(type)} is neither Ingress nor Egress`);
  }
  for (const [index, { ports = [], from = [] }] of (spec.ingress ?? []).entries())
    checkRule(ports, from, 'from', ['spec', 'ingress', index], reportAt);
  for (const [index, { ports = [], to = [] }] of (spec.egress ?? []).entries())
    checkRule(ports, to, 'to', ['spec', 'egress', index], reportAt);
});

function checkRule(
  ports: readonly NetworkPolicyPort[],
  peers: readonly NetworkPolicyPeer[],
  side: string,
  path: Path,
  reportAt: ReportAt,
): void {
  for (const [index, port] of ports.entries()) checkPort(port, [...path, 'ports', index], reportAt);
  for (const [index, peer] of peers.entries()) checkPeer(peer, [...path, side, index], reportAt);
}

function checkPort({ protocol, port, endPort }: NetworkPolicyPort, path: Path, reportAt: ReportAt): void {
  if (!['TCP', 'UDP', 'SCTP'].includes(protocol))
    reportAt([...path, 'protocol'], `${JSON.stringify(protocol)} is not TCP, UDP or SCTP`);
  if (typeof port === 'number') {
    if (!isPort(port)) reportAt([...path, 'port'], `${port} is not a port (1 to 65535)`);
    if (endPort !== undefined && (endPort < port || !isPort(endPort)))
      reportAt([...path, 'endPort'], `endPort ${endPort} is not a port from ${port} upwards`);
    return;
  }
  const problem = port === undefined ? undefined : portName(port);
  if (problem) reportAt([...path, 'port'], `the port's name ${JSON.stringify(port)} ${problem}`);
  if (endPort !== undefined) reportAt([...path, 'endPort'], 'endPort requires a port number');
}

function checkPeer(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  path: Path,
  reportAt: ReportAt,
): void {
  if (!podSelector && !namespaceSelector && !ipBlock) reportAt(path, 'the peer is empty');
  if (ipBlock && (podSelector || namespaceSelector)) reportAt(path, 'a peer is an ipBlock or selects pods, not both');
  for (const [field, selector] of Object.entries({ podSelector, namespaceSelector })) {
    for (const { path: where, message } of labelSelectorProblems(selector ?? {}))
      reportAt([...path, field, ...where], message, { code: 'I2K314' });
  }
  if (!ipBlock) return;
  const itemPath = [...path, 'ipBlock'];
  const family = cidrFamily(ipBlock.cidr ?? '');
  if (family === undefined) {
    reportAt([...itemPath, 'cidr'], `${JSON.stringify(ipBlock.cidr ?? '')} is not a CIDR block`, {
      hint: 'Write it as 203.0.113.0/24.',
    });
    return;
  }
  for (const [index, except] of (ipBlock.except ?? []).entries()) {
    const size = (text: string) => Number(text.split('/')[1]);
    if (cidrFamily(except) === undefined)
      reportAt([...itemPath, 'except', index], `${JSON.stringify(except)} is not a CIDR block`);
    else if (
      cidrFamily(except) !== family ||
      size(except) <= size(ipBlock.cidr) ||
      (family === 'IPv4' && !isWithin(except, ipBlock.cidr))
    ) {
      reportAt([...itemPath, 'except', index], `${except} is not part of ${ipBlock.cidr}`);
    }
  }
}

/** The parts of a NetworkPolicy that security groups can express, and the differences from a cluster's network. */
export const policyDifferences = objectRule(
  'NetworkPolicy',
  ['I2K478', 'I2K432', 'I2K433', 'I2K565', 'I2K566', 'I2K567'],
  ({ spec }, reportAt, manifest, manifests, options) => {
    const out = ['spec', spec.egress === undefined ? 'policyTypes' : 'egress'];
    if (restrictsEgress(manifest) && options?.config?.network?.securityGroup !== undefined)
      reportAt(
        out,
        'machines are also in the security group named in i2kit.yaml, which may allow all outbound traffic',
        {
          code: 'I2K478',
        },
      );
    for (const [index, { from = [], ports = [] }] of (spec.ingress ?? []).entries())
      checkUnsupportedPeers(from, 'from', ports, ['spec', 'ingress', index], reportAt);
    for (const [index, { to = [], ports = [] }] of (spec.egress ?? []).entries())
      checkUnsupportedPeers(to, 'to', ports, ['spec', 'egress', index], reportAt);
    const isolatesIn = effectivePolicies(manifests, 'Ingress').has(manifest);
    const isolatesOut = effectivePolicies(manifests, 'Egress').has(manifest);
    if (!isolatesIn && !isolatesOut)
      reportAt(['spec', 'podSelector'], `the policy selects no workload of the namespace ${manifest.ref.namespace}`, {
        code: 'I2K566',
      });
    if (isolatesIn)
      reportAt(
        ['spec', 'podSelector'],
        'security groups know the workloads of this app only, and admit load balancers of Ingresses',
        {
          code: 'I2K565',
        },
      );
    if (isolatesOut && restrictsEgress(manifest))
      reportAt(out, "TCP port 443 stays open to every address: the machine's agent calls AWS there", {
        code: 'I2K567',
      });
  },
);

/** Values that no security group rule can hold. */
function checkUnsupportedPeers(
  peers: readonly NetworkPolicyPeer[],
  side: string,
  ports: readonly NetworkPolicyPort[],
  path: Path,
  reportAt: ReportAt,
): void {
  for (const [position, { ipBlock }] of peers.entries()) {
    if (ipBlock && cidrFamily(ipBlock.cidr) === 'IPv6')
      reportAt([...path, side, position, 'ipBlock', 'cidr'], `${ipBlock.cidr} is a block of IPv6 addresses`, {
        code: 'I2K432',
      });
  }
  for (const [position, { protocol }] of ports.entries()) {
    if (protocol === 'SCTP')
      reportAt([...path, 'ports', position, 'protocol'], 'the protocol is SCTP', { code: 'I2K433' });
  }
}
