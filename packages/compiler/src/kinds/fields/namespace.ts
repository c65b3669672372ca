// Field support of Namespace; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, warned } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const namespaceFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', {
    ...metadataFields,
    'labels.*': meaningless('No policy is selected by the labels of a namespace.'),
    name: warned('I2K513'),
    namespace: meaningless('A namespace has no namespace.'),
  }),
  'spec.finalizers[]': meaningless('The object creates nothing, so there is nothing to clean up.'),
  status: meaningless('Only a cluster writes it, not the author of a manifest.'),
};
