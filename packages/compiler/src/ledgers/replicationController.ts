// What is done with each field of a ReplicationController; see its page in Kubernetes' API reference.
import { mapped, refused, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { keptTemplate, workload } from './workload.ts';

export const replicationController: Ledger = {
  ...workload,
  ...under('spec', {
    replicas: mapped('size'),
    minReadySeconds: mapped('rollout'),
    'selector.*': refused('I2K315', { byRule: true }),
    ...under('template', keptTemplate),
  }),
};
