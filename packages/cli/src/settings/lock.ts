// i2kit.lock.json: reading it.
import { dirname, join } from 'node:path';
import type { Diagnostic, Lock, Source } from '@i2kit/compiler';
import type { Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { readJson } from './json-file.ts';

export interface ReadLock {
  /** Where it is, or would be written. */
  readonly name: string;
  /** Absent where there is none yet. */
  readonly lock?: Lock;
  readonly source?: Source;
  readonly problems: readonly Diagnostic[];
}

const hint = 'take one side of the conflict, then run the command with --write-lock';

/** `config` is the configuration's file: the lock lies beside it. */
export async function readLock(io: Io, values: Pick<Values, 'lock' | 'write-lock'>, config: string | undefined): Promise<ReadLock> {
  const name = values.lock ?? join(dirname(config ?? ''), 'i2kit.lock.json');
  // Where it is to be written, it need not be there yet.
  const mayBeAbsent = values.lock === undefined || values['write-lock'] === true;
  const { value, ...file } = await readJson<Lock>(io, name, mayBeAbsent, { schema: 'lock', code: 'I2K733', hint });
  return { ...file, ...(value && { lock: value }) };
}
