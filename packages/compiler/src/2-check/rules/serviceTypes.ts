// Fields of a Service that belong to some of its types, as validateService of Kubernetes.

import { isHeadless } from '../../kinds/shared/services.ts';
import { cidrFamily, dnsSubdomain, isIPv4, isIPv6 } from '../formats.ts';
import { objectRule } from '../rule.ts';

// Fields of a Service that go with some of its types only. As validateService of Kubernetes.

export const serviceTypeFields = objectRule('Service', ['I2K327'], (service, say) => {
  const { spec } = service;
  const { type } = spec;
  const outside = type === 'NodePort' || type === 'LoadBalancer' || (spec.externalIPs ?? []).length > 0;
  if (!spec.ports?.length && !isHeadless(service) && type !== 'ExternalName')
    say(['spec', 'ports'], 'the Service has no ports');
  if (isHeadless(service) && (type === 'NodePort' || type === 'LoadBalancer')) {
    say(['spec', 'clusterIP'], `a Service of type ${type} cannot be headless`);
  }
  if (spec.clusterIPs?.length && spec.clusterIPs[0] !== spec.clusterIP) {
    say(['spec', 'clusterIPs'], 'clusterIPs begins with another address than clusterIP');
  }
  for (const [index, address] of [spec.clusterIP ?? '', ...(spec.clusterIPs ?? [])].entries()) {
    const path = index === 0 ? ['spec', 'clusterIP'] : ['spec', 'clusterIPs', index - 1];
    if (!['', 'None'].includes(address) && !isIPv4(address) && !isIPv6(address))
      say(path, `${JSON.stringify(address)} is no IP address`);
  }
  if (type === 'ExternalName' && (spec.clusterIP || spec.clusterIPs?.length)) {
    say(['spec', spec.clusterIP ? 'clusterIP' : 'clusterIPs'], 'a Service of type ExternalName has no address');
  }
  for (const [index, { nodePort }] of (spec.ports ?? []).entries()) {
    if (nodePort && type === 'ClusterIP') {
      say(['spec', 'ports', index, 'nodePort'], 'a Service of type ClusterIP has no nodePort', {
        hint: 'set the type to NodePort, or leave nodePort out',
      });
    }
  }
  const only = (field: keyof typeof spec, goes: boolean, types: string) => {
    const value = spec[field];
    const set = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== 0 && value !== '';
    if (set && !goes) say(['spec', field], `${field} goes with ${types} only`);
  };
  only('loadBalancerSourceRanges', type === 'LoadBalancer', 'the type LoadBalancer');
  only('allocateLoadBalancerNodePorts', type === 'LoadBalancer', 'the type LoadBalancer');
  only('loadBalancerClass', type === 'LoadBalancer', 'the type LoadBalancer');
  only('externalTrafficPolicy', outside, 'the types NodePort and LoadBalancer');
  only(
    'healthCheckNodePort',
    type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local',
    'the type LoadBalancer and externalTrafficPolicy Local',
  );
});

// The name that a Service of type ExternalName stands for becomes the target of a DNS record.

export const externalNames = objectRule('Service', ['I2K328'], ({ spec: { type, externalName: target } }, say) => {
  if (type !== 'ExternalName') return;
  const path = ['spec', 'externalName'];
  const name = (target ?? '').replace(/\.$/, '');
  if (name === '') say(path, 'a Service of type ExternalName needs an externalName');
  else if (isIPv4(name) || isIPv6(name))
    say(path, `${name} is an address, and a DNS record of this type leads to names only`);
  else if (dnsSubdomain(name)) say(path, `${JSON.stringify(target)} ${dnsSubdomain(name)}`);
});

// Who may reach a Service of type LoadBalancer. As IsValidCIDRForLegacyField of Kubernetes.

export const loadBalancerSourceRanges = objectRule('Service', ['I2K329', 'I2K432'], ({ spec }, say) => {
  for (const [index, range] of (spec.loadBalancerSourceRanges ?? []).entries()) {
    const path = ['spec', 'loadBalancerSourceRanges', index];
    const family = cidrFamily(range);
    if (family === undefined)
      say(path, `${JSON.stringify(range)} is no CIDR block`, { hint: 'write it as 203.0.113.0/24' });
    else if (family === 'IPv6') say(path, `${range} is a block of IPv6 addresses`, { code: 'I2K432' });
  }
});
