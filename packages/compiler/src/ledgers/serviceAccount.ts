// What is done with each field of a ServiceAccount; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { annotatedMetadata } from './metadata.ts';

export const serviceAccount: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', annotatedMetadata),
  automountServiceAccountToken: warned('I2K504', { unless: false }),
  'imagePullSecrets[].name': warned('I2K505'),
  ...under(
    'secrets[]',
    each(
      'apiVersion fieldPath kind name namespace resourceVersion uid',
      meaningless('It lists tokens of the API server, which there are none of.'),
    ),
  ),
};
