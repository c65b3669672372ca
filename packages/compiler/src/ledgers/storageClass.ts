// What is done with each field of a StorageClass; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, refused, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';

export const storageClass: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', { ...metadata, 'annotations.*': mapped('volume'), namespace: meaningless('A class is in no namespace.') }),
  ...each('parameters.* provisioner reclaimPolicy', mapped('volume')),
  allowVolumeExpansion: mapped('volume'),
  ...under('allowedTopologies[]', each('matchLabelExpressions[].key matchLabelExpressions[].values[]', mapped('volume'))),
  'mountOptions[]': refused('I2K494', { byRule: true }),
  volumeBindingMode: meaningless('The zone of a disk is chosen before anything runs, and is that of the machine that mounts it.'),
};
