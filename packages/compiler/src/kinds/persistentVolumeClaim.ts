// PersistentVolumeClaim: an EBS volume.
import type { KindSpec } from './kind.ts';
import { claimSpec } from './shared/claim.ts';
import { each, mapped, meaningless, under } from './shared/classes.ts';
import { metadata } from './shared/metadata.ts';

export const persistentVolumeClaim: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'an encrypted gp3 EBS volume in one availability zone, attached by the machine that mounts it',
  ledger: {
    ...each('apiVersion kind', mapped('read')),
    ...under('metadata', metadata),
    ...under('spec', claimSpec),
    status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
  },
};
