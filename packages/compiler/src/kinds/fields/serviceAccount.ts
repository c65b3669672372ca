// Field support of ServiceAccount; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, warned } from './fieldSupport.ts';
import { annotatedMetadataFields } from './metadata.ts';

export const serviceAccountFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', annotatedMetadataFields),
  automountServiceAccountToken: warned('I2K504', { unless: false }),
  'imagePullSecrets[].name': warned('I2K505'),
  ...fieldsUnder(
    'secrets[]',
    eachField(
      'apiVersion fieldPath kind name namespace resourceVersion uid',
      meaningless('It lists tokens of the API server, and there are none.'),
    ),
  ),
};
