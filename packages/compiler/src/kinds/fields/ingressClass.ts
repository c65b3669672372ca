// Field support of IngressClass; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused, warned } from './fieldSupport.ts';
import { annotatedMetadataFields } from './metadata.ts';

export const ingressClassFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', { ...annotatedMetadataFields, namespace: meaningless('A class has no namespace.') }),
  'spec.controller': warned('I2K560', { unless: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb', ''] }),
  ...fieldsUnder('spec.parameters', eachField('apiGroup kind name namespace scope', refused('I2K482'))),
};
