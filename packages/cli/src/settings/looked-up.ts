// i2kit.context.json: what was looked up in the account, beside the configuration.
import { dirname, join } from 'node:path';
import type { LookedUp, NetworkFound } from '@i2kit/compiler';
import type { Io } from '../io.ts';
import type { Output } from '../output/write.ts';
import { type JsonFile, jsonText, readJson } from './json-file.ts';

export type ReadLookedUp = JsonFile<LookedUp>;

const hint = 'take one side of the conflict; an entry that is removed is looked up anew';

/** `config` is the configuration's file: what was looked up for it lies beside it. */
export const readLookedUp = (io: Io, config: string | undefined): Promise<ReadLookedUp> =>
  readJson<LookedUp>(io, join(dirname(config ?? ''), 'i2kit.context.json'), true, { schema: 'context', code: 'I2K736', hint });

/** With another environment's network, or a newer one. */
export const withNetwork = (context: LookedUp | undefined, env: string, found: NetworkFound): LookedUp => ({
  ...context,
  version: 1,
  network: { ...context?.network, [env]: found },
});

export const lookedUpOutput = ({ name }: Pick<ReadLookedUp, 'name'>, context: LookedUp): Output => ({
  name,
  content: jsonText({ ...context }),
});
