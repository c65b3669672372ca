// Every code that i2kit can say; `i2kit explain CODE` prints an entry, docs/errors.md is made of all of them.
// A code is stable for ever. A range has a file of its own in codes/.
import { account } from './codes/account.ts';
import { image } from './codes/image.ts';
import { limit } from './codes/limit.ts';
import { option } from './codes/option.ts';
import { otherwise } from './codes/otherwise.ts';
import { read } from './codes/read.ts';
import { rule } from './codes/rule.ts';
import { shape } from './codes/shape.ts';
import { stateful } from './codes/stateful.ts';
import { target } from './codes/target.ts';

export type { CodeEntry } from './codes/code.ts';

export const catalog = {
  ...read,
  ...shape,
  ...rule,
  ...target,
  ...stateful,
  ...otherwise,
  ...limit,
  ...option,
  ...account,
  ...image,
} as const;

export type Code = keyof typeof catalog;
