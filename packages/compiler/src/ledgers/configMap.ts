// What is done with each field of a ConfigMap; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';

export const configMap: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', metadata),
  ...each('binaryData.* data.*', mapped('pod')),
  immutable: meaningless('A machine sees the values of its deployment for as long as it runs; other values are other machines.'),
};
