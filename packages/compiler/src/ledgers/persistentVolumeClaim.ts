// What is done with each field of a PersistentVolumeClaim; see its page in Kubernetes' API reference.
import { claimSpec } from './claim.ts';
import { each, mapped, meaningless, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { annotatedMetadata } from './metadata.ts';

export const persistentVolumeClaim: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', annotatedMetadata),
  ...under('spec', claimSpec),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};
