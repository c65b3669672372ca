// Field support of Ingress; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused } from './fieldSupport.ts';
import { objectFields } from './podTemplate.ts';

const backend: FieldSupportTable = {
  ...eachField('service.name service.port.name service.port.number', mapped('route')),
  ...eachField('resource.apiGroup resource.kind resource.name', refused('I2K480')),
};

export const ingressFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('spec', {
    ...fieldsUnder('defaultBackend', backend),
    ingressClassName: mapped('route'),
    ...eachField('rules[].host rules[].http.paths[].path rules[].http.paths[].pathType', mapped('route')),
    ...fieldsUnder('rules[].http.paths[].backend', backend),
    'tls[].hosts[]': meaningless('The load balancer selects the certificate by the names in it.'),
    'tls[].secretName': refused('I2K481', { byRule: true }),
  }),
};
