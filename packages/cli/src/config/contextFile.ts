// i2kit.context.json: what was looked up in the account, beside the configuration.
import { dirname, join } from 'node:path';
import type { AccountContext, ExistingResources } from '@i2kit/compiler';
import type { Io } from '../io.ts';
import type { OutputFile } from '../output/writeFiles.ts';
import { type JsonFile, jsonText, readJsonFile } from './jsonFile.ts';

export type ContextFile = JsonFile<AccountContext>;

const conflictHint = 'take one side of the conflict; an entry that is removed is looked up anew';

/** `config` is the configuration's file: what was looked up for it lies beside it. */
export const readContextFile = (io: Io, config: string | undefined): Promise<ContextFile> =>
  readJsonFile<AccountContext>(io, join(dirname(config ?? ''), 'i2kit.context.json'), true, {
    schema: 'context',
    code: 'I2K736',
    hint: conflictHint,
  });

/** With another environment's network, or a newer one. */
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
