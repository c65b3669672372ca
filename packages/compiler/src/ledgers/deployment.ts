// What is done with each field of a Deployment; see its page in Kubernetes' API reference.
import { each, mapped, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { keptTemplate, ownSelector, workload } from './workload.ts';

export const deployment: Ledger = {
  ...workload,
  ...under('spec', {
    replicas: mapped('size'),
    ...each(
      'minReadySeconds progressDeadlineSeconds strategy.rollingUpdate.maxSurge strategy.rollingUpdate.maxUnavailable strategy.type',
      mapped('rollout'),
    ),
    paused: refused('I2K419', { unless: false }),
    revisionHistoryLimit: warned('I2K501', { unless: 10 }),
    ...under('selector', ownSelector),
    ...under('template', keptTemplate),
  }),
};
