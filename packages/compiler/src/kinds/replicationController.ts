// ReplicationController: the predecessor of ReplicaSet.
import type { KindSpec } from './kind.ts';
import { child, ensureObject, fillAbsent, type JsonObject } from './shared/defaults/jsonObject.ts';
import { setPodTemplateDefaults } from './shared/defaults/pod.ts';
import { inheritLabels } from './shared/defaults/workload.ts';
import { type FieldSupportTable, fieldsUnder, mapped, refused } from './shared/fields/fieldSupport.ts';
import { objectFields, runningTemplateFields } from './shared/fields/podTemplate.ts';

export const replicationController: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: true,
  becomes: "the resources of a Deployment; a new template is rolled out with a Deployment's default strategy",
  setDefaults,
  fields,
};

/** Unlike the others, its template may be missing, and its labels and selector default to the template's labels. */
function setDefaults(object: JsonObject): void {
  const metadata = ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  fillAbsent(spec, { replicas: 1 });
  const template = child(spec, 'template');
  if (!template) return;
  setPodTemplateDefaults(template);
  const labels = child(child(template, 'metadata'), 'labels');
  inheritLabels(spec, 'selector', labels);
  inheritLabels(metadata, 'labels', labels);
}

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
    ...fieldsUnder('spec', {
      replicas: mapped('size'),
      minReadySeconds: mapped('rollout'),
      'selector.*': refused('I2K315', { byRule: true }),
      ...fieldsUnder('template', runningTemplateFields()),
    }),
  };
}
