// What is done with each field of a Secret; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';

export const secret: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', metadata),
  ...each('data.* stringData.*', warned('I2K520')),
  immutable: meaningless('A version in Secrets Manager never changes, and the lock names one.'),
  type: meaningless('It says which keys there must be, which is checked; the machine gets all keys alike.'),
};
