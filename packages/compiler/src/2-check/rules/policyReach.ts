// What of a NetworkPolicy the firewall of a machine can do, and what it does otherwise than a cluster's network.

import type { Path } from '../../diagnostic.ts';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../generated/kubernetes.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { policiesOf, restrictsEgress } from '../../kinds/shared/policies.ts';
import type { Manifests } from '../../manifest.ts';
import { cidrFamily } from '../formats.ts';
import { perObject, type Say } from '../rule.ts';

export const policyReach = perObject(
  'NetworkPolicy',
  ['I2K478', 'I2K432', 'I2K433', 'I2K565', 'I2K566', 'I2K567'],
  ({ spec }, say, manifest, all, options) => {
    const out = ['spec', spec.egress === undefined ? 'policyTypes' : 'egress'];
    if (restrictsEgress(manifest) && options?.config?.network?.securityGroup !== undefined)
      say(out, 'machines are in the security group that i2kit.yaml names, too, and it may let everything out', { code: 'I2K478' });
    for (const [index, { from = [], ports = [] }] of (spec.ingress ?? []).entries())
      checkReach(from, 'from', ports, ['spec', 'ingress', index], say);
    for (const [index, { to = [], ports = [] }] of (spec.egress ?? []).entries())
      checkReach(to, 'to', ports, ['spec', 'egress', index], say);
    const [guards, holds] = [policiesIn(all, 'Ingress'), policiesIn(all, 'Egress')];
    if (!guards.includes(manifest) && !holds.includes(manifest))
      say(['spec', 'podSelector'], `the policy selects no workload of the namespace ${manifest.ref.namespace}`, { code: 'I2K566' });
    if (guards.includes(manifest))
      say(['spec', 'podSelector'], 'the firewall knows the workloads of this app, and lets load balancers of Ingresses in', {
        code: 'I2K565',
      });
    if (holds.includes(manifest) && restrictsEgress(manifest))
      say(out, 'TCP port 443 stays open to every address: the agent of a machine calls AWS there', { code: 'I2K567' });
  },
);

const policiesIn = (all: Manifests, side: 'Ingress' | 'Egress') => podsOf(all).flatMap((pod) => policiesOf(pod, all, side));

/** What no rule of a security group here holds. */
function checkReach(peers: readonly NetworkPolicyPeer[], side: string, ports: readonly NetworkPolicyPort[], path: Path, say: Say): void {
  for (const [position, { ipBlock }] of peers.entries()) {
    if (ipBlock && cidrFamily(ipBlock.cidr) === 'IPv6')
      say([...path, side, position, 'ipBlock', 'cidr'], `${ipBlock.cidr} is a block of IPv6 addresses`, { code: 'I2K432' });
  }
  for (const [position, { protocol }] of ports.entries()) {
    if (protocol === 'SCTP') say([...path, 'ports', position, 'protocol'], 'the protocol is SCTP', { code: 'I2K433' });
  }
}
