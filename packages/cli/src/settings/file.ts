// Reads a file of settings: small, UTF-8, and of the shape that its schema says, or diagnostics that point into it.
import { resolve } from 'node:path';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { decoded } from '../input/decode.ts';
import { limits, mebibytes } from '../input/limits.ts';
import { unread } from '../input/unread.ts';
import type { Io } from '../io.ts';
import { problem } from '../problem.ts';
import { parseSettings } from './document.ts';
import { misshapes, type SettingsName } from './shape.ts';

export interface SettingsFile {
  /** Absent where the file could not be read at all. */
  readonly source?: Source;
  readonly problems: readonly Diagnostic[];
}

/** The text of a file, whatever is in it. */
export function readText(io: Io, name: string): SettingsFile {
  try {
    const path = resolve(io.cwd, name);
    const stat = io.files.statSync(path);
    if (!stat.isFile()) return { problems: [problem('I2K721', 'this is not a file', { source: name })] };
    if (stat.size > limits.settings)
      return { problems: [problem('I2K725', `it has over ${mebibytes(limits.settings)}`, { source: name })] };
    const { source, problem: wrong } = decoded(name, io.files.readFileSync(path));
    return { source, problems: wrong ? [wrong] : [] };
  } catch (error) {
    return { problems: [unread(error, name)] };
  }
}

/** What the schema has against the value, pointing into the text that it was read from. */
export async function misshapen(name: SettingsName, source: Source, value: unknown): Promise<Diagnostic[]> {
  const shapes = misshapes(name, value);
  if (shapes.length === 0) return [];
  const document = await parseSettings(source.text);
  return shapes.map(({ code, message, hint, path, atKey }) => ({
    ...problem(code, message, { source: source.name, path, offset: document.offset(path, atKey), ...(hint !== undefined && { hint }) }),
    ...(atKey && { atKey }),
  }));
}
