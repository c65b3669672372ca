// The defaults of Ingress, IngressClass and NetworkPolicy.
import { child, children, fill, type JsonObject, struct } from './json.ts';

export function ingress(object: JsonObject): void {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  const paths = children(spec, 'rules').flatMap((rule) => children(child(rule, 'http'), 'paths'));
  for (const backend of [child(spec, 'defaultBackend'), ...paths.map((path) => child(path, 'backend'))]) {
    const service = child(backend, 'service');
    if (service) struct(service, 'port');
  }
}

export function ingressClass(object: JsonObject): void {
  struct(object, 'metadata');
  const parameters = child(struct(object, 'spec'), 'parameters');
  if (parameters) fill(parameters, { scope: 'Cluster' });
}

export function networkPolicy(object: JsonObject): void {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  struct(spec, 'podSelector');
  for (const rule of [...children(spec, 'ingress'), ...children(spec, 'egress')]) {
    for (const port of children(rule, 'ports')) fill(port, { protocol: 'TCP' });
  }
  if (Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0) return;
  // A policy always speaks of what comes in, and of what goes out only if it has rules for that.
  spec.policyTypes = children(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}
