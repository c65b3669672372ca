// What is done with each field of a ReplicationController; see its page in Kubernetes' API reference.
import { mapped, refused, fieldsUnder } from './fieldSupport.ts';
import type { FieldSupportTable } from './fieldSupport.ts';
import { runningTemplateFields, objectFields } from './podTemplate.ts';

export const replicationControllerFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('spec', {
    replicas: mapped('size'),
    minReadySeconds: mapped('rollout'),
    'selector.*': refused('I2K315', { byRule: true }),
    ...fieldsUnder('template', runningTemplateFields),
  }),
};
