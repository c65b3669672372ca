// Reads and renders JSON files that i2kit writes and users commit: the lock file and the context file.

import { resolve } from 'node:path';
import { compareEntries, maxJsonDepth, parseJson, problemsOf, tooDeepAt } from '@i2kit/common';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Io } from '../io.ts';
import { parseSettings, readSettingsText, schemaDiagnostics } from './settingsFile.ts';

export interface JsonFile<T> {
  /** The path, also of a file that does not exist yet. */
  readonly name: string;
  /** Absent if the file does not exist yet. */
  readonly value?: T;
  readonly source?: Source;
  readonly problems: readonly Diagnostic[];
}

interface JsonFileKind {
  readonly schema: 'lock' | 'context';
  readonly code: 'I2K733' | 'I2K736';
  /** The hint for a merge conflict in the file. */
  readonly hint: string;
}

/** A missing optional file is absent, not an error. */
export async function readJsonFile<T>(
  io: Io,
  name: string,
  mayBeAbsent: boolean,
  { schema, code, hint }: JsonFileKind,
): Promise<JsonFile<T>> {
  if (mayBeAbsent && !io.files.existsSync(resolve(io.cwd, name))) return { name, problems: [] };
  const { source, problems } = readSettingsText(io, name);
  if (!source || problems.length > 0) return { name, ...(source && { source }), problems };
  const conflict = /^<{7}( |$)/m.exec(source.text);
  if (conflict) {
    return {
      name,
      source,
      problems: [
        diagnosticAt(code, 'the file contains a merge conflict', { source: name, offset: conflict.index, hint }),
      ],
    };
  }
  const deep = tooDeepAt(source.text);
  if (deep !== undefined) {
    const message = `the file is nested deeper than ${maxJsonDepth} levels`;
    return { name, source, problems: [diagnosticAt(code, message, { source: name, offset: deep })] };
  }
  const parsed = parseJson(source.text);
  if (parsed === undefined) {
    const [error] = problemsOf((await parseSettings(source.text)).content);
    return {
      name,
      source,
      problems: [
        diagnosticAt(code, error?.message ?? 'this is not JSON', { source: name, offset: error?.offset ?? 0 }),
      ],
    };
  }
  const wrong = await schemaDiagnostics(schema, source, parsed);
  return wrong.length > 0 ? { name, source, problems: wrong } : { name, source, value: parsed as T, problems: [] };
}

/** The same value gives the same bytes: the version first, then sorted keys. */
export const jsonText = ({
  version,
  ...tables
}: {
  readonly version: number;
  readonly [table: string]: unknown;
}): string => `${JSON.stringify({ version, ...(sortedKeys(tables) as object) }, null, 2)}\n`;

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(compareEntries)
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}
