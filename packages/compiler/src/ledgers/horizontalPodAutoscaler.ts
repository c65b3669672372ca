// What is done with each field of a HorizontalPodAutoscaler; see its page in Kubernetes' API reference.
import { all, each, mapped, meaningless, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';
import { workload } from './workload.ts';

const target = 'target.averageUtilization target.averageValue target.type target.value';
const selector =
  'metric.selector.matchExpressions[].key metric.selector.matchExpressions[].operator metric.selector.matchExpressions[].values[] metric.selector.matchLabels.*';
const rules = 'policies[].periodSeconds policies[].type policies[].value selectPolicy stabilizationWindowSeconds tolerance';

const others: Ledger = {
  ...under('containerResource', each(`container name ${target}`, mapped('scaling'))),
  ...under('external', each(`metric.name ${selector} ${target}`, mapped('scaling'))),
  ...under('pods', each(`metric.name ${selector} ${target}`, mapped('scaling'))),
};

export const horizontalPodAutoscaler: Ledger = {
  ...workload,
  ...under('metadata', metadata),
  ...under('spec', {
    ...each('maxReplicas minReplicas scaleTargetRef.apiVersion scaleTargetRef.kind scaleTargetRef.name', mapped('scaling')),
    ...under('metrics[]', {
      ...each(`type resource.name`, mapped('scaling')),
      ...under('resource', {
        ...each('target.averageUtilization target.averageValue', mapped('scaling')),
        ...each('target.type target.value', meaningless('Which of the other two is there says it, as it does in Kubernetes.')),
      }),
      ...under('object', {
        ...each('describedObject.apiVersion describedObject.kind describedObject.name metric.name', mapped('scaling')),
        ...each(selector, refused('I2K476', { byRule: true })),
        ...each('target.averageValue target.type', mapped('scaling')),
        ...each('target.averageUtilization target.value', meaningless('Kubernetes does not read it beside an averageValue.')),
      }),
      // A rule says so, of the metric as a whole.
      ...all(others, refused('I2K476', { byRule: true })),
    }),
    ...under('behavior', { ...under('scaleUp', each(rules, warned('I2K563'))), ...under('scaleDown', each(rules, warned('I2K563'))) }),
  }),
};
