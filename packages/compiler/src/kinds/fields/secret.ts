// What is done with each field of a Secret; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, warned } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const secretFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', metadataFields),
  ...eachField('data.* stringData.*', warned('I2K520')),
  immutable: meaningless('A version in Secrets Manager never changes, and the lock names one.'),
  type: meaningless('It says which keys there must be, which is checked; the machine gets all keys alike.'),
};
