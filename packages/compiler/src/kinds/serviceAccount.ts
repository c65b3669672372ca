// ServiceAccount: the AWS role of the pods that run as it.
import type { KindSpec } from './kind.ts';
import { each, mapped, meaningless, under, warned } from './shared/classes.ts';
import { annotatedMetadata } from './shared/metadata.ts';

export const serviceAccount: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'the IAM role that its annotation names, given to the containers as credentials',
  ledger: {
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
  },
};
