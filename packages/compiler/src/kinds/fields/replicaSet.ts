// Field support of ReplicaSet; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { fieldsUnder, mapped } from './fieldSupport.ts';
import { objectFields, podSelectorFields, runningTemplateFields } from './podTemplate.ts';

export const replicaSetFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('spec', {
    replicas: mapped('size'),
    minReadySeconds: mapped('rollout'),
    ...fieldsUnder('selector', podSelectorFields),
    ...fieldsUnder('template', runningTemplateFields),
  }),
};
