// What is done with each field of a PodDisruptionBudget; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';
import { workload } from './workload.ts';

export const podDisruptionBudget: Ledger = {
  ...workload,
  ...under('metadata', { ...metadata, name: meaningless('A budget is found by its selector.') }),
  ...under('spec', {
    ...each('maxUnavailable minAvailable', mapped('rollout')),
    ...under(
      'selector',
      each('matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*', mapped('rollout')),
    ),
    unhealthyPodEvictionPolicy: meaningless('Nothing is evicted: a machine that is not healthy is replaced.'),
  }),
};
