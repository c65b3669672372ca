// The defaults of a Service, without the values that the API server allocates (addresses, families, node ports).
import { child, children, ensureObject, fillAbsent, fillAbsentOrZero, type JsonObject } from './jsonObject.ts';

const THREE_HOURS = 10_800;

export function setServiceDefaults(object: JsonObject): void {
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
