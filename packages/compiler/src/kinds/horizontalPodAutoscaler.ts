// HorizontalPodAutoscaler: the number of machines of a group, by their load.
import type { KindSpec } from './kind.ts';
import { convertAutoscalerV1 } from './shared/autoscalingV1.ts';
import { child, ensureObject, fillAbsent, type JsonObject } from './shared/defaults/jsonObject.ts';
import {
  allFields,
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  refused,
  warned,
} from './shared/fields/fieldSupport.ts';
import { metadataFields } from './shared/fields/metadata.ts';
import { objectFields } from './shared/fields/podTemplate.ts';

export const horizontalPodAutoscaler: KindSpec = {
  apiVersion: 'autoscaling/v2',
  formerApiVersions: ['autoscaling/v2beta1', 'autoscaling/v2beta2'],
  conversions: { 'autoscaling/v1': convertAutoscalerV1 },
  namespaced: true,
  becomes: 'target tracking policies of the Auto Scaling group, and its minimum and maximum size',
  setDefaults,
  fields,
};

const cpuMetric = () => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
});

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  ensureObject(spec, 'scaleTargetRef');
  fillAbsent(spec, { minReplicas: 1 });
  if (!Array.isArray(spec.metrics) || spec.metrics.length === 0) spec.metrics = [cpuMetric()];
  const behavior = child(spec, 'behavior');
  if (!behavior) return;
  fillAbsent(ensureObject(behavior, 'scaleUp'), {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  });
  // The window for scaling down is a setting of the cluster, so it stays absent.
  fillAbsent(ensureObject(behavior, 'scaleDown'), {
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  });
}

const TARGET_FIELDS = 'target.averageUtilization target.averageValue target.type target.value';
const METRIC_SELECTOR_FIELDS =
  'metric.selector.matchExpressions[].key metric.selector.matchExpressions[].operator metric.selector.matchExpressions[].values[] metric.selector.matchLabels.*';
const SCALING_RULE_FIELDS =
  'policies[].periodSeconds policies[].type policies[].value selectPolicy stabilizationWindowSeconds tolerance';

const unsupportedMetricFields = (): FieldSupportTable => ({
  ...fieldsUnder('containerResource', eachField(`container name ${TARGET_FIELDS}`, mapped('scaling'))),
  ...fieldsUnder('external', eachField(`metric.name ${METRIC_SELECTOR_FIELDS} ${TARGET_FIELDS}`, mapped('scaling'))),
  ...fieldsUnder('pods', eachField(`metric.name ${METRIC_SELECTOR_FIELDS} ${TARGET_FIELDS}`, mapped('scaling'))),
});

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
    ...fieldsUnder('metadata', metadataFields()),
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
        ...allFields(unsupportedMetricFields(), refused('I2K476', { byRule: true })),
      }),
      ...fieldsUnder('behavior', {
        ...fieldsUnder('scaleUp', eachField(SCALING_RULE_FIELDS, warned('I2K563'))),
        ...fieldsUnder('scaleDown', eachField(SCALING_RULE_FIELDS, warned('I2K563'))),
      }),
    }),
  };
}
