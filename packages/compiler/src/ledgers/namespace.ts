// What is done with each field of a Namespace; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';

export const namespace: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', {
    ...metadata,
    'labels.*': meaningless('No policy is chosen by the labels of a namespace.'),
    name: warned('I2K513'),
    namespace: meaningless('A namespace is in no namespace.'),
  }),
  'spec.finalizers[]': meaningless('Nothing is made of the object, so nothing has to be cleaned up.'),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};
