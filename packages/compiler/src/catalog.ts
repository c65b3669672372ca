// Every diagnostic code. `i2kit explain CODE` prints an entry; docs/errors.md lists all. A code never changes its
// meaning. Each file in codes/ holds one range, or one subject of it.
import { accountCodes } from './codes/account.ts';
import { differenceCodes } from './codes/differences.ts';
import { imageCodes } from './codes/images.ts';
import { kubernetesCodes } from './codes/kubernetes.ts';
import { limitCodes } from './codes/limits.ts';
import { optionCodes } from './codes/options.ts';
import { schemaCodes } from './codes/schema.ts';
import { storageCodes } from './codes/storage.ts';
import { syntaxCodes } from './codes/syntax.ts';
import { unsupportedCodes } from './codes/unsupported.ts';
import { unsupportedTrafficCodes } from './codes/unsupportedTraffic.ts';

export type { CodeEntry } from './codes/codeEntry.ts';

export const catalog = {
  ...syntaxCodes,
  ...schemaCodes,
  ...kubernetesCodes,
  ...unsupportedCodes,
  ...unsupportedTrafficCodes,
  ...storageCodes,
  ...differenceCodes,
  ...limitCodes,
  ...optionCodes,
  ...accountCodes,
  ...imageCodes,
} as const;

export type Code = keyof typeof catalog;
