// Namespace: a part of names, nothing more.
import type { KindSpec } from './kind.ts';
import { each, mapped, meaningless, under, warned } from './shared/classes.ts';
import { metadata } from './shared/metadata.ts';

export const namespace: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: false,
  becomes: 'nothing of its own: it is a part of names, tags and DNS names',
  ledger: {
    ...each('apiVersion kind', mapped('read')),
    ...under('metadata', {
      ...metadata,
      'labels.*': meaningless('No policy is chosen by the labels of a namespace.'),
      name: warned('I2K513'),
      namespace: meaningless('A namespace is in no namespace.'),
    }),
    'spec.finalizers[]': meaningless('Nothing is made of the object, so nothing has to be cleaned up.'),
    status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
  },
};
