// Pod: one machine, with the name of the pod.
import type { KindSpec } from './kind.ts';
import { ensureObject, type JsonObject } from './shared/defaults/jsonObject.ts';
import { setPodOnlyDefaults, setPodSpecDefaults } from './shared/defaults/pod.ts';
import { type FieldSupportTable, fieldsUnder, mapped } from './shared/fields/fieldSupport.ts';
import { podSpecFields } from './shared/fields/podSpec.ts';
import { objectFields } from './shared/fields/podTemplate.ts';

export const pod: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: true,
  becomes:
    'a launch template and an Auto Scaling group of one machine; with restartPolicy OnFailure or Never, an instance that runs to completion',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  setPodOnlyDefaults(spec);
  setPodSpecDefaults(spec);
}

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
    'metadata.labels.*': mapped('pod'),
    ...fieldsUnder('spec', podSpecFields()),
  };
}
