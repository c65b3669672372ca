// Field support of Secret; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, warned } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const secretFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', metadataFields),
  ...eachField('data.* stringData.*', warned('I2K520')),
  immutable: meaningless('A version in Secrets Manager never changes, and the lock file names one.'),
  type: meaningless('It requires certain keys, which a rule checks; the machine gets all keys alike.'),
};
