// Service: a DNS name, and a load balancer that leads to the machines it selects.
import type { KindSpec } from './kind.ts';
import {
  child,
  children,
  ensureObject,
  fillAbsent,
  fillAbsentOrZero,
  type JsonObject,
} from './shared/defaults/jsonObject.ts';
import {
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  refused,
  warned,
} from './shared/fields/fieldSupport.ts';
import { annotatedMetadataFields } from './shared/fields/metadata.ts';

export const service: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: true,
  becomes:
    'listeners and a target group of a network load balancer, and a private DNS name; of type ExternalName, a DNS record',
  setDefaults,
  fields,
};

const THREE_HOURS = 10_800;

/** Without the values that the API server allocates (addresses, families, node ports). */
function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  fillAbsentOrZero(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
  setSessionAffinityDefaults(spec);
  for (const port of children(spec, 'ports')) fillAbsentOrZero(port, { protocol: 'TCP', targetPort: port.port });
  const type = spec.type;
  const isExternal = type === 'LoadBalancer' || type === 'NodePort';
  const hasAddresses = type === 'ClusterIP' && Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0;
  if (isExternal || hasAddresses) fillAbsentOrZero(spec, { externalTrafficPolicy: 'Cluster' });
  if (isExternal || type === 'ClusterIP') fillAbsent(spec, { internalTrafficPolicy: 'Cluster' });
  if (type === 'LoadBalancer') fillAbsent(spec, { allocateLoadBalancerNodePorts: true });
}

function setSessionAffinityDefaults(spec: JsonObject): void {
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity !== 'ClientIP') return;
  const clientIP = child(child(spec, 'sessionAffinityConfig'), 'clientIP');
  if (clientIP?.timeoutSeconds === undefined)
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: THREE_HOURS } };
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', annotatedMetadataFields()),
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
}
