// Field support of ReplicationController; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { fieldsUnder, mapped, refused } from './fieldSupport.ts';
import { objectFields, runningTemplateFields } from './podTemplate.ts';

export const replicationControllerFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('spec', {
    replicas: mapped('size'),
    minReadySeconds: mapped('rollout'),
    'selector.*': refused('I2K315', { byRule: true }),
    ...fieldsUnder('template', runningTemplateFields),
  }),
};
