// What is done with each field of a HorizontalPodAutoscaler; see its page in Kubernetes' API reference.
import { all, each, mapped, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { workload } from './workload.ts';

const target = 'target.averageUtilization target.averageValue target.type target.value';
const metric =
  'metric.name metric.selector.matchExpressions[].key metric.selector.matchExpressions[].operator metric.selector.matchExpressions[].values[] metric.selector.matchLabels.*';
const rules = 'policies[].periodSeconds policies[].type policies[].value selectPolicy stabilizationWindowSeconds tolerance';

const others: Ledger = {
  ...under('containerResource', each(`container name ${target}`, mapped('scaling'))),
  ...under('external', each(`${metric} ${target}`, mapped('scaling'))),
  ...under('pods', each(`${metric} ${target}`, mapped('scaling'))),
};

export const horizontalPodAutoscaler: Ledger = {
  ...workload,
  ...under('spec', {
    ...each('maxReplicas minReplicas scaleTargetRef.apiVersion scaleTargetRef.kind scaleTargetRef.name', mapped('scaling')),
    ...under('metrics[]', {
      ...each(`type resource.name`, mapped('scaling')),
      ...under('resource', each(target, mapped('scaling'))),
      ...under(
        'object',
        each(`describedObject.apiVersion describedObject.kind describedObject.name ${metric} ${target}`, mapped('scaling')),
      ),
      // A rule says so, of the metric as a whole.
      ...all(others, refused('I2K476', { byRule: true })),
    }),
    ...under('behavior', { ...under('scaleUp', each(rules, warned('I2K563'))), ...under('scaleDown', each(rules, warned('I2K563'))) }),
  }),
};
