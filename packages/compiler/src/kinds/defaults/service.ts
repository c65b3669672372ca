// The defaults of a Service; what the API server allocates (addresses, families, node ports) is not among them.
import { child, children, fill, fillZero, type JsonObject, struct } from './json.ts';

const THREE_HOURS = 10_800;

export function service(object: JsonObject): void {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  fillZero(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
  sessionAffinity(spec);
  for (const port of children(spec, 'ports')) fillZero(port, { protocol: 'TCP', targetPort: port.port });
  const type = spec.type;
  const isExternal = type === 'LoadBalancer' || type === 'NodePort';
  const hasAddresses = type === 'ClusterIP' && Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0;
  if (isExternal || hasAddresses) fillZero(spec, { externalTrafficPolicy: 'Cluster' });
  if (isExternal || type === 'ClusterIP') fill(spec, { internalTrafficPolicy: 'Cluster' });
  if (type === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true });
}

function sessionAffinity(spec: JsonObject): void {
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity !== 'ClientIP') return;
  const clientIP = child(child(spec, 'sessionAffinityConfig'), 'clientIP');
  if (clientIP?.timeoutSeconds === undefined) spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: THREE_HOURS } };
}
