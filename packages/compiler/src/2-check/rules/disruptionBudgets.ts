// PodDisruptionBudgets: valid as in ValidatePodDisruptionBudgetSpec, selecting a workload, and one that its rollouts can
// keep.

import { objectName } from '../../diagnostic.ts';
import type { IntOrString } from '../../generated/kubernetes.ts';
import { autoscalerOf } from '../../kinds/shared/autoscalers.ts';
import { allowedDisruptions, budgetsOf, surgesOnRollout } from '../../kinds/shared/disruptions.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { objectRule, type Rule, reporterFor } from '../rule.ts';

/**
 * A PodDisruptionBudget must let machines be replaced. As ValidatePodDisruptionBudgetSpec of Kubernetes; a rollout
 * removes machines.
 */
export const disruptionBudgets = objectRule(
  'PodDisruptionBudget',
  ['I2K339', 'I2K314', 'I2K564'],
  ({ spec }, reportAt, manifest, manifests) => {
    const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
    if (minAvailable !== undefined && maxUnavailable !== undefined)
      reportAt(['spec'], 'the budget has both minAvailable and maxUnavailable');
    for (const [field, value] of Object.entries({ minAvailable, maxUnavailable })) {
      const problem = value === undefined ? undefined : shareProblem(value);
      if (problem) reportAt(['spec', field], `${field} ${JSON.stringify(value)} ${problem}`);
    }
    for (const { path, message } of labelSelectorProblems(selector ?? {}))
      reportAt(['spec', 'selector', ...path], message, { code: 'I2K314' });
    if (policy !== undefined && !['IfHealthyBudget', 'AlwaysAllow'].includes(policy)) {
      reportAt(
        ['spec', 'unhealthyPodEvictionPolicy'],
        `${JSON.stringify(policy)} is neither IfHealthyBudget nor AlwaysAllow`,
      );
    }
    const used = podsOf(manifests).some((pod) => budgetsOf(pod, manifests).includes(manifest));
    if (!used)
      reportAt(['spec', 'selector'], `the budget selects no workload of the namespace ${manifest.ref.namespace}`, {
        code: 'I2K564',
      });
  },
);

function shareProblem(value: IntOrString): string | undefined {
  if (typeof value === 'number') return value < 0 ? 'is negative' : undefined;
  if (!/^\d+%$/.test(value)) return 'is neither a number nor a percentage like 25%';
  return Number.parseInt(value, 10) > 100 ? 'is more than 100%' : undefined;
}

/** A budget that lets no machine be missing, without a surge: the rollout does not keep it. */
export const blockedRollouts: Rule = {
  codes: ['I2K477'],
  check(manifests, report) {
    for (const pod of podsOf(manifests)) {
      const replicas = autoscalerOf(pod.manifest, manifests)?.object.spec.minReplicas ?? pod.replicas;
      if (pod.runsToCompletion || replicas === 0 || surgesOnRollout(pod)) continue;
      for (const budget of budgetsOf(pod, manifests).filter((one) => allowedDisruptions(one, replicas) === 0)) {
        const field = budget.object.spec.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
        reporterFor(budget, 'I2K477', report)(
          ['spec', field],
          `no machine of ${pod.key} may be missing, and its rollouts do not surge: they replace machines in spite of the budget`,
          {
            related: [{ message: 'the workload', object: pod.manifest.ref, path: [] }],
            hint: `Let one be missing, or give ${objectName(pod.manifest.ref)} a maxSurge.`,
          },
        );
      }
    }
  },
};
