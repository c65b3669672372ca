// What is done with each field of a ConfigMap; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const configMapFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', metadataFields),
  ...eachField('binaryData.* data.*', mapped('pod')),
  immutable: meaningless(
    'A machine sees the values of its deployment for as long as it runs; other values are other machines.',
  ),
};
