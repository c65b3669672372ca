// Field support of ConfigMap; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const configMapFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', metadataFields),
  ...eachField('binaryData.* data.*', mapped('pod')),
  immutable: meaningless('A machine keeps the values of its deployment; other values mean other machines.'),
};
