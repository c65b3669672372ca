// Who may reach a Service of type LoadBalancer. As IsValidCIDRForLegacyField of Kubernetes.
import { cidrFamily } from '../formats.ts';
import { perObject } from '../rule.ts';

export const sourceRanges = perObject('Service', ['I2K329', 'I2K432'], ({ spec }, say) => {
  for (const [index, range] of (spec.loadBalancerSourceRanges ?? []).entries()) {
    const path = ['spec', 'loadBalancerSourceRanges', index];
    const family = cidrFamily(range);
    if (family === undefined) say(path, `${JSON.stringify(range)} is no CIDR block`, { hint: 'write it as 203.0.113.0/24' });
    else if (family === 'IPv6') say(path, `${range} is a block of IPv6 addresses`, { code: 'I2K432' });
  }
});
