// Secret: a name in Secrets Manager; its values are in no template.
import type { KindSpec } from './kind.ts';
import { each, mapped, meaningless, under, warned } from './shared/classes.ts';
import { metadata } from './shared/metadata.ts';

export const secret: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'a secret of Secrets Manager, `i2kit/<env>/<namespace>/<name>`, which the machine fetches when it boots',
  ledger: {
    ...each('apiVersion kind', mapped('read')),
    ...under('metadata', metadata),
    ...each('data.* stringData.*', warned('I2K520')),
    immutable: meaningless('A version in Secrets Manager never changes, and the lock names one.'),
    type: meaningless('It says which keys there must be, which is checked; the machine gets all keys alike.'),
  },
};
