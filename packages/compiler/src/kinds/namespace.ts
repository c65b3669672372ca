// Namespace: part of names, nothing more.
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
import { metadataFields } from './shared/fields/metadata.ts';

export const namespace: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: false,
  becomes: 'nothing of its own: it is part of names, tags and DNS names',
  setDefaults,
  fields,
};

/** Every namespace carries its name as a label, so that selectors can name it. */
function setDefaults(object: JsonObject): void {
  const metadata = ensureObject(object, 'metadata');
  ensureObject(object, 'spec');
  if (metadata.name) ensureObject(metadata, 'labels')['kubernetes.io/metadata.name'] = metadata.name;
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', {
      ...metadataFields(),
      'labels.*': meaningless('No policy is selected by the labels of a namespace.'),
      name: warned('I2K513'),
      namespace: meaningless('A namespace has no namespace.'),
    }),
    'spec.finalizers[]': meaningless('The object creates nothing, so there is nothing to clean up.'),
    status: meaningless('Only a cluster writes it, not the author of a manifest.'),
  };
}
