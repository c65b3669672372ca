// ServiceAccount: the AWS role of its pods.
import type { KindSpec } from './kind.ts';
import { ensureObject, type JsonObject } from './shared/defaults/jsonObject.ts';
import {
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  warned,
} from './shared/fields/fieldSupport.ts';
import { annotatedMetadataFields } from './shared/fields/metadata.ts';

export const serviceAccount: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: true,
  becomes: 'the IAM role that its annotation names, passed to the containers as credentials',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', annotatedMetadataFields()),
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
}
