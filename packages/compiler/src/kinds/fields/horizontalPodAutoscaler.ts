// Field support of HorizontalPodAutoscaler; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { allFields, eachField, fieldsUnder, mapped, meaningless, refused, warned } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';
import { objectFields } from './podTemplate.ts';

const TARGET_FIELDS = 'target.averageUtilization target.averageValue target.type target.value';
const METRIC_SELECTOR_FIELDS =
  'metric.selector.matchExpressions[].key metric.selector.matchExpressions[].operator metric.selector.matchExpressions[].values[] metric.selector.matchLabels.*';
const SCALING_RULE_FIELDS =
  'policies[].periodSeconds policies[].type policies[].value selectPolicy stabilizationWindowSeconds tolerance';

const unsupportedMetricFields: FieldSupportTable = {
  ...fieldsUnder('containerResource', eachField(`container name ${TARGET_FIELDS}`, mapped('scaling'))),
  ...fieldsUnder('external', eachField(`metric.name ${METRIC_SELECTOR_FIELDS} ${TARGET_FIELDS}`, mapped('scaling'))),
  ...fieldsUnder('pods', eachField(`metric.name ${METRIC_SELECTOR_FIELDS} ${TARGET_FIELDS}`, mapped('scaling'))),
};

export const horizontalPodAutoscalerFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('metadata', metadataFields),
  ...fieldsUnder('spec', {
    ...eachField(
      'maxReplicas minReplicas scaleTargetRef.apiVersion scaleTargetRef.kind scaleTargetRef.name',
      mapped('scaling'),
    ),
    ...fieldsUnder('metrics[]', {
      ...eachField(`type resource.name`, mapped('scaling')),
      ...fieldsUnder('resource', {
        ...eachField('target.averageUtilization target.averageValue', mapped('scaling')),
        ...eachField(
          'target.type target.value',
          meaningless('The presence of the other two fields determines it, as in Kubernetes.'),
        ),
      }),
      ...fieldsUnder('object', {
        ...eachField(
          'describedObject.apiVersion describedObject.kind describedObject.name metric.name',
          mapped('scaling'),
        ),
        ...eachField(METRIC_SELECTOR_FIELDS, refused('I2K476', { byRule: true })),
        ...eachField('target.averageValue target.type', mapped('scaling')),
        ...eachField(
          'target.averageUtilization target.value',
          meaningless('Kubernetes does not read it beside an averageValue.'),
        ),
      }),
      // A rule reports the metric as a whole.
      ...allFields(unsupportedMetricFields, refused('I2K476', { byRule: true })),
    }),
    ...fieldsUnder('behavior', {
      ...fieldsUnder('scaleUp', eachField(SCALING_RULE_FIELDS, warned('I2K563'))),
      ...fieldsUnder('scaleDown', eachField(SCALING_RULE_FIELDS, warned('I2K563'))),
    }),
  }),
};
