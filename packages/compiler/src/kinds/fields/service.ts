// Field support of Service; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused, warned } from './fieldSupport.ts';
import { annotatedMetadataFields } from './metadata.ts';

export const serviceFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', annotatedMetadataFields),
  ...fieldsUnder('spec', {
    ...fieldsUnder('ports[]', {
      appProtocol: meaningless(
        'A network load balancer forwards connections without reading them; with `via: alb-host` it tells whether a port speaks HTTP.',
      ),
      ...eachField('name nodePort port protocol targetPort', mapped('endpoint')),
    }),
    ...eachField('externalTrafficPolicy selector.* sessionAffinity type', mapped('endpoint')),
    externalName: mapped('alias'),
    'loadBalancerSourceRanges[]': mapped('firewall'),
    'sessionAffinityConfig.clientIP.timeoutSeconds': refused('I2K434', { unless: 10800 }),
    allocateLoadBalancerNodePorts: meaningless('There are no nodes whose ports could be allocated.'),
    ...eachField('clusterIP clusterIPs[]', warned('I2K532', { unless: ['', 'None'] })),
    'externalIPs[]': refused('I2K430'),
    healthCheckNodePort: warned('I2K531', { unless: 0 }),
    internalTrafficPolicy: refused('I2K431', { unless: 'Cluster' }),
    'ipFamilies[]': refused('I2K432', { unless: 'IPv4' }),
    ipFamilyPolicy: refused('I2K432', { unless: ['SingleStack', 'PreferDualStack'] }),
    loadBalancerClass: refused('I2K435', { unless: 'service.k8s.aws/nlb' }),
    loadBalancerIP: warned('I2K532', { unless: '' }),
    publishNotReadyAddresses: warned('I2K533', { unless: false, byRule: true }),
    trafficDistribution: warned('I2K534'),
  }),
  status: meaningless('Only a cluster writes it, not the author of a manifest.'),
};
