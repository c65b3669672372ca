// Reads i2kit.context.json: results of lookups in the account, beside the configuration.
import { dirname, join } from 'node:path';
import type { AccountContext, ExistingResources } from '@i2kit/compiler';
import type { Io } from '../io.ts';
import type { OutputFile } from '../output/writeFiles.ts';
import { type JsonFile, jsonText, readJsonFile } from './jsonFile.ts';

export type ContextFile = JsonFile<AccountContext>;

const conflictHint = 'Take one side of the conflict; a removed entry is looked up again.';

/** `config` is the configuration's file: the context lies beside it. */
export const readContextFile = (io: Io, config: string | undefined): Promise<ContextFile> =>
  readJsonFile<AccountContext>(io, join(dirname(config ?? ''), 'i2kit.context.json'), true, {
    schema: 'context',
    code: 'I2K736',
    hint: conflictHint,
  });

/** Of another environment's network, or a newer one. */
export const withNetwork = (
  context: AccountContext | undefined,
  env: string,
  found: ExistingResources,
): AccountContext => ({
  ...context,
  version: 1,
  network: { ...context?.network, [env]: found },
});

export const contextFileOutput = ({ name }: Pick<ContextFile, 'name'>, context: AccountContext): OutputFile => ({
  name,
  content: jsonText({ ...context }),
});
