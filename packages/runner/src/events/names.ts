// Events 88x: names in a zone of another account.
import { entry } from './entry.ts';

export const names = {
  I2K881: entry<{ zone: string; create: readonly string[]; update: readonly string[]; remove: readonly string[] }>(
    'info',
    'Records in a zone of another account were written.',
  ),
} as const;
