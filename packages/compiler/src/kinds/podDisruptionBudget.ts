// PodDisruptionBudget: the number of machines of a group that may be missing at once.
import type { KindSpec } from './kind.ts';
import { ensureObject, type JsonObject } from './shared/defaults/jsonObject.ts';
import { eachField, type FieldSupportTable, fieldsUnder, mapped, meaningless } from './shared/fields/fieldSupport.ts';
import { metadataFields } from './shared/fields/metadata.ts';
import { objectFields } from './shared/fields/podTemplate.ts';

export const podDisruptionBudget: KindSpec = {
  apiVersion: 'policy/v1',
  formerApiVersions: ['policy/v1beta1'],
  namespaced: true,
  becomes: 'the minimum number of machines in service while the group is updated or maintained',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  ensureObject(object, 'spec');
}

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
    ...fieldsUnder('metadata', { ...metadataFields(), name: meaningless('A budget is found by its selector.') }),
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
}
