// Fields of a Service that belong to some of its types, as validateService of Kubernetes.

import { isHeadless } from '../../kinds/shared/services.ts';
import { cidrFamily, dnsSubdomain, isIPv4, isIPv6 } from '../formats.ts';
import { objectRule } from '../rule.ts';

/** Fields that only some types of Services support. As validateService of Kubernetes. */
export const serviceTypeFields = objectRule('Service', ['I2K327'], (service, reportAt) => {
  const { spec } = service;
  const { type } = spec;
  const outside = type === 'NodePort' || type === 'LoadBalancer' || (spec.externalIPs ?? []).length > 0;
  if (!spec.ports?.length && !isHeadless(service) && type !== 'ExternalName')
    reportAt(['spec', 'ports'], 'the Service has no ports');
  if (isHeadless(service) && (type === 'NodePort' || type === 'LoadBalancer')) {
    reportAt(['spec', 'clusterIP'], `a Service of type ${type} cannot be headless`);
  }
  if (spec.clusterIPs?.length && spec.clusterIPs[0] !== spec.clusterIP) {
    reportAt(['spec', 'clusterIPs'], 'clusterIPs must begin with clusterIP');
  }
  for (const [index, address] of [spec.clusterIP ?? '', ...(spec.clusterIPs ?? [])].entries()) {
    const path = index === 0 ? ['spec', 'clusterIP'] : ['spec', 'clusterIPs', index - 1];
    if (!['', 'None'].includes(address) && !isIPv4(address) && !isIPv6(address))
      reportAt(path, `${JSON.stringify(address)} is not an IP address`);
  }
  if (type === 'ExternalName' && (spec.clusterIP || spec.clusterIPs?.length)) {
    reportAt(
      ['spec', spec.clusterIP ? 'clusterIP' : 'clusterIPs'],
      'a Service of type ExternalName cannot have an address',
    );
  }
  for (const [index, { nodePort }] of (spec.ports ?? []).entries()) {
    if (nodePort && type === 'ClusterIP') {
      reportAt(['spec', 'ports', index, 'nodePort'], 'a Service of type ClusterIP cannot have a nodePort', {
        hint: 'Set the type to NodePort, or leave nodePort out.',
      });
    }
  }
  const only = (field: keyof typeof spec, goes: boolean, types: string) => {
    const value = spec[field];
    const set = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== 0 && value !== '';
    if (set && !goes) reportAt(['spec', field], `${field} requires ${types}`);
  };
  only('loadBalancerSourceRanges', type === 'LoadBalancer', 'the type LoadBalancer');
  only('allocateLoadBalancerNodePorts', type === 'LoadBalancer', 'the type LoadBalancer');
  only('loadBalancerClass', type === 'LoadBalancer', 'the type LoadBalancer');
  only('externalTrafficPolicy', outside, 'the type NodePort or LoadBalancer');
  only(
    'healthCheckNodePort',
    type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local',
    'the type LoadBalancer and externalTrafficPolicy Local',
  );
});

/** The external name of a Service of type ExternalName becomes the target of a DNS record. */
export const externalNames = objectRule('Service', ['I2K328'], ({ spec: { type, externalName: target } }, reportAt) => {
  if (type !== 'ExternalName') return;
  const path = ['spec', 'externalName'];
  const name = (target ?? '').replace(/\.$/, '');
  if (name === '') reportAt(path, 'a Service of type ExternalName needs an externalName');
  else if (isIPv4(name) || isIPv6(name))
    reportAt(path, `${name} is an address, but a DNS record of this type leads to names only`);
  else if (dnsSubdomain(name)) reportAt(path, `${JSON.stringify(target)} ${dnsSubdomain(name)}`);
});

/** The source ranges of a Service of type LoadBalancer. As IsValidCIDRForLegacyField of Kubernetes. */
export const loadBalancerSourceRanges = objectRule('Service', ['I2K329', 'I2K432'], ({ spec }, reportAt) => {
  for (const [index, range] of (spec.loadBalancerSourceRanges ?? []).entries()) {
    const path = ['spec', 'loadBalancerSourceRanges', index];
    const family = cidrFamily(range);
    if (family === undefined)
      reportAt(path, `${JSON.stringify(range)} is not a CIDR block`, { hint: 'Write it as 203.0.113.0/24.' });
    else if (family === 'IPv6') reportAt(path, `${range} is a block of IPv6 addresses`, { code: 'I2K432' });
  }
});
