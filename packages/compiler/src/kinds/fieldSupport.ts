// The field support of all kinds, for the documentation, `i2kit explain` and the build. Compiling does not load it.
import { type Kind, kinds } from './index.ts';
import type { FieldSupportTable } from './shared/fields/fieldSupport.ts';

export const fieldSupport = Object.fromEntries(Object.entries(kinds).map(([kind, { fields }]) => [kind, fields()])) as {
  readonly [K in Kind]: FieldSupportTable;
};
