// IngressClass: a name by which Ingresses are grouped.
import type { KindSpec } from './kind.ts';
import { child, ensureObject, fillAbsent, type JsonObject } from './shared/defaults/jsonObject.ts';
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

export const ingressClass: KindSpec = {
  apiVersion: 'networking.k8s.io/v1',
  formerApiVersions: ['networking.k8s.io/v1beta1'],
  namespaced: false,
  becomes: 'nothing of its own: Ingresses of one class share a load balancer',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const parameters = child(ensureObject(object, 'spec'), 'parameters');
  if (parameters) fillAbsent(parameters, { scope: 'Cluster' });
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', { ...annotatedMetadataFields(), namespace: meaningless('A class has no namespace.') }),
    'spec.controller': warned('I2K560', { unless: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb', ''] }),
    ...fieldsUnder('spec.parameters', eachField('apiGroup kind name namespace scope', refused('I2K482'))),
  };
}
