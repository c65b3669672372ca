// Field support of Deployment; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, refused, warned } from './fieldSupport.ts';
import { objectFields, podSelectorFields, runningTemplateFields } from './podTemplate.ts';

export const deploymentFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('spec', {
    replicas: mapped('size'),
    ...eachField(
      'minReadySeconds progressDeadlineSeconds strategy.rollingUpdate.maxSurge strategy.rollingUpdate.maxUnavailable strategy.type',
      mapped('rollout'),
    ),
    paused: refused('I2K419', { unless: false }),
    revisionHistoryLimit: warned('I2K501', { unless: 10 }),
    ...fieldsUnder('selector', podSelectorFields),
    ...fieldsUnder('template', runningTemplateFields),
  }),
};
