// Field support of PodDisruptionBudget; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';
import { objectFields } from './podTemplate.ts';

export const podDisruptionBudgetFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('metadata', { ...metadataFields, name: meaningless('A budget is found by its selector.') }),
  ...fieldsUnder('spec', {
    ...eachField('maxUnavailable minAvailable', mapped('rollout')),
    ...fieldsUnder(
      'selector',
      eachField(
        'matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*',
        mapped('rollout'),
      ),
    ),
    unhealthyPodEvictionPolicy: meaningless('No pod is evicted: an unhealthy machine is replaced.'),
  }),
};
