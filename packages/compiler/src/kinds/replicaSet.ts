// ReplicaSet: a group of identical machines, like a Deployment with a default rollout.
import type { KindSpec } from './kind.ts';
import { fillAbsent, type JsonObject } from './shared/defaults/jsonObject.ts';
import { specWithTemplateDefaults } from './shared/defaults/workload.ts';
import { type FieldSupportTable, fieldsUnder, mapped } from './shared/fields/fieldSupport.ts';
import { objectFields, podSelectorFields, runningTemplateFields } from './shared/fields/podTemplate.ts';

export const replicaSet: KindSpec = {
  apiVersion: 'apps/v1',
  formerApiVersions: ['extensions/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes: "the resources of a Deployment; a new template is rolled out with a Deployment's default strategy",
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  fillAbsent(specWithTemplateDefaults(object), { replicas: 1 });
}

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
    ...fieldsUnder('spec', {
      replicas: mapped('size'),
      minReadySeconds: mapped('rollout'),
      ...fieldsUnder('selector', podSelectorFields()),
      ...fieldsUnder('template', runningTemplateFields()),
    }),
  };
}
