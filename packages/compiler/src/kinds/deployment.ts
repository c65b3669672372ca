// Deployment: a group of identical machines, each of which runs one pod.
import type { KindSpec } from './kind.ts';
import { ensureObject, fillAbsent, type JsonObject } from './shared/defaults/jsonObject.ts';
import { setRollingUpdateDefaults, specWithTemplateDefaults } from './shared/defaults/workload.ts';
import {
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  refused,
  warned,
} from './shared/fields/fieldSupport.ts';
import { objectFields, podSelectorFields, runningTemplateFields } from './shared/fields/podTemplate.ts';

export const deployment: KindSpec = {
  apiVersion: 'apps/v1',
  formerApiVersions: ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes: 'a launch template and an Auto Scaling group of identical machines, rolled out in batches',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  const spec = specWithTemplateDefaults(object);
  fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  setRollingUpdateDefaults(ensureObject(spec, 'strategy'), { maxUnavailable: '25%', maxSurge: '25%' });
}

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
    ...fieldsUnder('spec', {
      replicas: mapped('size'),
      ...eachField(
        'minReadySeconds progressDeadlineSeconds strategy.rollingUpdate.maxSurge strategy.rollingUpdate.maxUnavailable strategy.type',
        mapped('rollout'),
      ),
      paused: refused('I2K419', { unless: false }),
      revisionHistoryLimit: warned('I2K501', { unless: 10 }),
      ...fieldsUnder('selector', podSelectorFields()),
      ...fieldsUnder('template', runningTemplateFields()),
    }),
  };
}
