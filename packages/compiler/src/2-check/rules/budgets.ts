// A PodDisruptionBudget lets machines be replaced. As ValidatePodDisruptionBudgetSpec of Kubernetes; and a rollout takes machines away.
import type { IntOrString } from '../../generated/kubernetes.ts';
import { budgetsOf } from '../../kinds/shared/budgets.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { perObject } from '../rule.ts';
import { problemsOf } from '../selector.ts';

export const budgets = perObject('PodDisruptionBudget', ['I2K339', 'I2K314', 'I2K564'], ({ spec }, say, manifest, all) => {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    say(['spec'], 'the budget says minAvailable or maxUnavailable, and not both');
  for (const [field, value] of Object.entries({ minAvailable, maxUnavailable })) {
    const problem = value === undefined ? undefined : problemOf(value);
    if (problem) say(['spec', field], `${field} ${JSON.stringify(value)} ${problem}`);
  }
  for (const { path, message } of problemsOf(selector ?? {})) say(['spec', 'selector', ...path], message, { code: 'I2K314' });
  if (policy !== undefined && !['IfHealthyBudget', 'AlwaysAllow'].includes(policy)) {
    say(['spec', 'unhealthyPodEvictionPolicy'], `${JSON.stringify(policy)} is neither IfHealthyBudget nor AlwaysAllow`);
  }
  const used = podsOf(all).some((pod) => budgetsOf(pod, all).includes(manifest));
  if (!used) say(['spec', 'selector'], `the budget selects no workload of the namespace ${manifest.ref.namespace}`, { code: 'I2K564' });
});

function problemOf(value: IntOrString): string | undefined {
  if (typeof value === 'number') return value < 0 ? 'is negative' : undefined;
  if (!/^\d+%$/.test(value)) return 'is neither a number nor a percentage like 25%';
  return Number.parseInt(value, 10) > 100 ? 'is more than 100%' : undefined;
}
