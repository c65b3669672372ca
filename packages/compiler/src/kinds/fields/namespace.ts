// What is done with each field of a Namespace; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, warned } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const namespaceFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', {
    ...metadataFields,
    'labels.*': meaningless('No policy is chosen by the labels of a namespace.'),
    name: warned('I2K513'),
    namespace: meaningless('A namespace is in no namespace.'),
  }),
  'spec.finalizers[]': meaningless('Nothing is made of the object, so nothing has to be cleaned up.'),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};
