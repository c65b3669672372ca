// ConfigMap: files and environment variables of the pods that refer to it.
import type { KindSpec } from './kind.ts';
import { ensureObject, type JsonObject } from './shared/defaults/jsonObject.ts';
import { eachField, type FieldSupportTable, fieldsUnder, mapped, meaningless } from './shared/fields/fieldSupport.ts';
import { metadataFields } from './shared/fields/metadata.ts';

export const configMap: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: true,
  becomes: 'files and environment variables, in the user data of the machines that refer to it',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', metadataFields()),
    ...eachField('binaryData.* data.*', mapped('pod')),
    immutable: meaningless('A machine keeps the values of its deployment; other values mean other machines.'),
  };
}
