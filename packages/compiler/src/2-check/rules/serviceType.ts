// Fields of a Service that go with some of its types only. As validateService of Kubernetes.
import { isHeadless } from '../../kinds/shared/services.ts';
import { isIPv4, isIPv6 } from '../formats.ts';
import { perObject } from '../rule.ts';

export const serviceType = perObject('Service', ['I2K327'], (service, say) => {
  const { spec } = service;
  const { type } = spec;
  const outside = type === 'NodePort' || type === 'LoadBalancer' || (spec.externalIPs ?? []).length > 0;
  if (!spec.ports?.length && !isHeadless(service) && type !== 'ExternalName') say(['spec', 'ports'], 'the Service has no ports');
  if (isHeadless(service) && (type === 'NodePort' || type === 'LoadBalancer')) {
    say(['spec', 'clusterIP'], `a Service of type ${type} cannot be headless`);
  }
  if (spec.clusterIPs?.length && spec.clusterIPs[0] !== spec.clusterIP) {
    say(['spec', 'clusterIPs'], 'clusterIPs begins with another address than clusterIP');
  }
  for (const [index, address] of [spec.clusterIP ?? '', ...(spec.clusterIPs ?? [])].entries()) {
    const path = index === 0 ? ['spec', 'clusterIP'] : ['spec', 'clusterIPs', index - 1];
    if (!['', 'None'].includes(address) && !isIPv4(address) && !isIPv6(address)) say(path, `${JSON.stringify(address)} is no IP address`);
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
