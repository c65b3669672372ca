// What of a NetworkPolicy the firewall of a machine can do, and what it does otherwise than a cluster's network.

import { podsOf } from '../../kinds/shared/pods.ts';
import { policiesOf } from '../../kinds/shared/policies.ts';
import { cidrFamily } from '../formats.ts';
import { perObject } from '../rule.ts';

export const policyReach = perObject(
  'NetworkPolicy',
  ['I2K478', 'I2K432', 'I2K433', 'I2K565', 'I2K566'],
  ({ spec }, say, manifest, all) => {
    const everything = (spec.egress ?? []).some(({ to = [], ports = [] }) => to.length === 0 && ports.length === 0);
    if (spec.policyTypes.includes('Egress') && !everything) {
      say(['spec', spec.egress === undefined ? 'policyTypes' : 'egress'], 'what machines send out cannot be held back', { code: 'I2K478' });
    }
    for (const [index, { from = [], ports = [] }] of (spec.ingress ?? []).entries()) {
      for (const [position, { ipBlock }] of from.entries()) {
        if (ipBlock && cidrFamily(ipBlock.cidr) === 'IPv6')
          say(['spec', 'ingress', index, 'from', position, 'ipBlock', 'cidr'], `${ipBlock.cidr} is a block of IPv6 addresses`, {
            code: 'I2K432',
          });
      }
      for (const [position, { protocol }] of ports.entries()) {
        if (protocol === 'SCTP') say(['spec', 'ingress', index, 'ports', position, 'protocol'], 'the protocol is SCTP', { code: 'I2K433' });
      }
    }
    if (!spec.policyTypes.includes('Ingress')) return;
    const used = podsOf(all).some((pod) => policiesOf(pod, all).includes(manifest));
    if (!used)
      say(['spec', 'podSelector'], `the policy selects no workload of the namespace ${manifest.ref.namespace}`, { code: 'I2K566' });
    else
      say(['spec', 'podSelector'], 'the firewall knows the workloads of this app, and lets load balancers of Ingresses in', {
        code: 'I2K565',
      });
  },
);
