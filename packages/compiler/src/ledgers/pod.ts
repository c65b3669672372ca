// What is done with each field of a Pod; see its page in Kubernetes' API reference.
import { mapped, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { podSpec } from './podSpec.ts';
import { workload } from './workload.ts';

export const pod: Ledger = {
  ...workload,
  'metadata.labels.*': mapped('pod'),
  ...under('spec', podSpec),
};
