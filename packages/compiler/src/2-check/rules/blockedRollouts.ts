// A budget that lets no machine be missing, where a rollout brings no other first: nothing could ever be replaced.
import { objectName } from '../../diagnostic.ts';
import { autoscalerOf } from '../../kinds/shared/autoscalers.ts';
import { allowed, budgetsOf } from '../../kinds/shared/budgets.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { surges } from '../../kinds/shared/surge.ts';
import { type Rule, sayOf } from '../rule.ts';

export const blockedRollouts: Rule = {
  codes: ['I2K477'],
  check(all, report) {
    for (const pod of podsOf(all)) {
      const replicas = autoscalerOf(pod.manifest, all)?.object.spec.minReplicas ?? pod.replicas;
      if (pod.ends || replicas === 0 || surges(pod)) continue;
      for (const budget of budgetsOf(pod, all).filter((one) => allowed(one, replicas) === 0)) {
        const field = budget.object.spec.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
        sayOf(budget, 'I2K477', report)(
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
