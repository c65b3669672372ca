// PodDisruptionBudgets: valid as in ValidatePodDisruptionBudgetSpec, selecting a workload, and not blocking every rollout.

import { objectName } from '../../diagnostic.ts';
import type { IntOrString } from '../../generated/kubernetes.ts';
import { autoscalerOf } from '../../kinds/shared/autoscalers.ts';
import { allowedDisruptions, budgetsOf, surgesOnRollout } from '../../kinds/shared/disruptions.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { objectRule, type Rule, reporterFor } from '../rule.ts';

// A PodDisruptionBudget lets machines be replaced. As ValidatePodDisruptionBudgetSpec of Kubernetes; and a rollout takes machines away.

export const disruptionBudgets = objectRule(
  'PodDisruptionBudget',
  ['I2K339', 'I2K314', 'I2K564'],
  ({ spec }, say, manifest, all) => {
    const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
    if (minAvailable !== undefined && maxUnavailable !== undefined)
      say(['spec'], 'the budget says minAvailable or maxUnavailable, and not both');
    for (const [field, value] of Object.entries({ minAvailable, maxUnavailable })) {
      const problem = value === undefined ? undefined : shareProblem(value);
      if (problem) say(['spec', field], `${field} ${JSON.stringify(value)} ${problem}`);
    }
    for (const { path, message } of labelSelectorProblems(selector ?? {}))
      say(['spec', 'selector', ...path], message, { code: 'I2K314' });
    if (policy !== undefined && !['IfHealthyBudget', 'AlwaysAllow'].includes(policy)) {
      say(
        ['spec', 'unhealthyPodEvictionPolicy'],
        `${JSON.stringify(policy)} is neither IfHealthyBudget nor AlwaysAllow`,
      );
    }
    const used = podsOf(all).some((pod) => budgetsOf(pod, all).includes(manifest));
    if (!used)
      say(['spec', 'selector'], `the budget selects no workload of the namespace ${manifest.ref.namespace}`, {
        code: 'I2K564',
      });
  },
);

function shareProblem(value: IntOrString): string | undefined {
  if (typeof value === 'number') return value < 0 ? 'is negative' : undefined;
  if (!/^\d+%$/.test(value)) return 'is neither a number nor a percentage like 25%';
  return Number.parseInt(value, 10) > 100 ? 'is more than 100%' : undefined;
}

// A budget that lets no machine be missing, where a rollout brings no other first: nothing could ever be replaced.

export const blockedRollouts: Rule = {
  codes: ['I2K477'],
  check(all, report) {
    for (const pod of podsOf(all)) {
      const replicas = autoscalerOf(pod.manifest, all)?.object.spec.minReplicas ?? pod.replicas;
      if (pod.runsToCompletion || replicas === 0 || surgesOnRollout(pod)) continue;
      for (const budget of budgetsOf(pod, all).filter((one) => allowedDisruptions(one, replicas) === 0)) {
        const field = budget.object.spec.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
        reporterFor(budget, 'I2K477', report)(
          ['spec', field],
          `no machine of ${pod.key} may be missing, and its rollouts bring none beforehand`,
          {
            related: [{ message: 'the workload', object: pod.manifest.ref, path: [] }],
            hint: `let one be missing, or give ${objectName(pod.manifest.ref)} a maxSurge`,
          },
        );
      }
    }
  },
};
