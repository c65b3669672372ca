// The defaults of Ingress, IngressClass and NetworkPolicy.
import { child, children, ensureObject, fillAbsent, type JsonObject } from './jsonObject.ts';

export function setIngressDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  const paths = children(spec, 'rules').flatMap((rule) => children(child(rule, 'http'), 'paths'));
  for (const backend of [child(spec, 'defaultBackend'), ...paths.map((path) => child(path, 'backend'))]) {
    const service = child(backend, 'service');
    if (service) ensureObject(service, 'port');
  }
}

export function setIngressClassDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const parameters = child(ensureObject(object, 'spec'), 'parameters');
  if (parameters) fillAbsent(parameters, { scope: 'Cluster' });
}

export function setNetworkPolicyDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  ensureObject(spec, 'podSelector');
  for (const rule of [...children(spec, 'ingress'), ...children(spec, 'egress')]) {
    for (const port of children(rule, 'ports')) fillAbsent(port, { protocol: 'TCP' });
  }
  if (Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0) return;
  // A policy always applies to ingress, and to egress only if it has rules for it.
  spec.policyTypes = children(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}
