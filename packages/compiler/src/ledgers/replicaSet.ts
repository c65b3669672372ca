// What is done with each field of a ReplicaSet; see its page in Kubernetes' API reference.
import { mapped, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { keptTemplate, ownSelector, workload } from './workload.ts';

export const replicaSet: Ledger = {
  ...workload,
  ...under('spec', {
    replicas: mapped('size'),
    minReadySeconds: mapped('rollout'),
    ...under('selector', ownSelector),
    ...under('template', keptTemplate),
  }),
};
