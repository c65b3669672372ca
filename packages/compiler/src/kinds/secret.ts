// Secret: a secret in Secrets Manager; its values are in no template.
import type { KindSpec } from './kind.ts';
import { ensureObject, fillAbsentOrZero, type JsonObject } from './shared/defaults/jsonObject.ts';
import {
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  warned,
} from './shared/fields/fieldSupport.ts';
import { metadataFields } from './shared/fields/metadata.ts';

export const secret: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: true,
  becomes: 'a secret in Secrets Manager, `i2kit/<env>/<namespace>/<name>`, which the machine fetches when it boots',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  fillAbsentOrZero(object, { type: 'Opaque' });
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', metadataFields()),
    ...eachField('data.* stringData.*', warned('I2K520')),
    immutable: meaningless('A version in Secrets Manager never changes, and the lock file names one.'),
    type: meaningless('It requires certain keys, which a rule checks; the machine gets all keys alike.'),
  };
}
