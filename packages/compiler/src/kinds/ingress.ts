// Ingress: listener rules of an application load balancer.
import type { KindSpec } from './kind.ts';
import { child, children, ensureObject, type JsonObject } from './shared/defaults/jsonObject.ts';
import {
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  refused,
} from './shared/fields/fieldSupport.ts';
import { objectFields } from './shared/fields/podTemplate.ts';

export const ingress: KindSpec = {
  apiVersion: 'networking.k8s.io/v1',
  formerApiVersions: ['networking.k8s.io/v1beta1', 'extensions/v1beta1'],
  namespaced: true,
  becomes:
    'listener rules of an application load balancer that the Ingresses of a group share, and public DNS records of its hosts',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  const paths = children(spec, 'rules').flatMap((rule) => children(child(rule, 'http'), 'paths'));
  for (const backend of [child(spec, 'defaultBackend'), ...paths.map((path) => child(path, 'backend'))]) {
    const service = child(backend, 'service');
    if (service) ensureObject(service, 'port');
  }
}

const backend = (): FieldSupportTable => ({
  ...eachField('service.name service.port.name service.port.number', mapped('route')),
  ...eachField('resource.apiGroup resource.kind resource.name', refused('I2K480')),
});

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
    ...fieldsUnder('spec', {
      ...fieldsUnder('defaultBackend', backend()),
      ingressClassName: mapped('route'),
      ...eachField('rules[].host rules[].http.paths[].path rules[].http.paths[].pathType', mapped('route')),
      ...fieldsUnder('rules[].http.paths[].backend', backend()),
      'tls[].hosts[]': meaningless('The load balancer selects the certificate by the names in it.'),
      'tls[].secretName': refused('I2K481', { byRule: true }),
    }),
  };
}
