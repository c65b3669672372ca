// i2kit.lock.json: reading it.
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic, Lock, Source } from '@i2kit/compiler';
import type { Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { problem } from '../problem.ts';
import { parseSettings } from './document.ts';
import { misshapen, readText } from './file.ts';

export interface ReadLock {
  /** Where it is, or would be written. */
  readonly name: string;
  /** Absent where there is none yet. */
  readonly lock?: Lock;
  readonly source?: Source;
  readonly problems: readonly Diagnostic[];
}

/** `config` is the configuration's file: the lock lies beside it. */
export async function readLock(io: Io, values: Pick<Values, 'lock' | 'write-lock'>, config: string | undefined): Promise<ReadLock> {
  const name = values.lock ?? join(dirname(config ?? ''), 'i2kit.lock.json');
  const there = io.files.existsSync(resolve(io.cwd, name));
  // Where it is to be written, it need not be there yet.
  if (!there && (values.lock === undefined || values['write-lock'])) return { name, problems: [] };
  const { source, problems } = readText(io, name);
  if (!source || problems.length > 0) return { name, ...(source && { source }), problems };
  const conflict = /^<{7}( |$)/m.exec(source.text);
  if (conflict) {
    const hint = 'take one side of the conflict, then run the command with --write-lock';
    return {
      name,
      source,
      problems: [problem('I2K733', 'the file holds a merge conflict', { source: name, offset: conflict.index, hint })],
    };
  }
  const parsed = json(source.text);
  if (parsed === undefined) {
    const { error } = await parseSettings(source.text);
    return {
      name,
      source,
      problems: [problem('I2K733', error?.message ?? 'this is not JSON', { source: name, offset: error?.offset ?? 0 })],
    };
  }
  const wrong = await misshapen('lock', source, parsed.value);
  return wrong.length > 0 ? { name, source, problems: wrong } : { name, source, lock: parsed.value as Lock, problems: [] };
}

function json(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
