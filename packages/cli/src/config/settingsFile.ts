// Reads a settings file (small, UTF-8), parses it as YAML or JSON with offsets, and checks it against its schema.

import { resolve } from 'node:path';
import { errorMessage, failure, type Outcome, type Problem, success } from '@i2kit/common';
import type { Diagnostic, Path, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import { encodingDiagnostics, inputLimits, mebibytes, readError, sourceOf } from '../input/fileText.ts';
import { leavingLink } from '../input/links.ts';
import type { Io } from '../io.ts';
import { type SettingsName, schemaViolations } from './schemaViolations.ts';

export interface SettingsFile {
  /** Absent if the file could not be read. */
  readonly source?: Source;
  readonly problems: readonly Diagnostic[];
}

/** The text of a file, whatever its content. */
export function readSettingsText(io: Io, name: string): SettingsFile {
  try {
    const path = resolve(io.cwd, name);
    const leaving = leavingLink(io, name);
    if (leaving) return { problems: [leaving] };
    const stat = io.files.statSync(path);
    if (!stat.isFile()) return { problems: [diagnosticAt('I2K721', 'this is not a file', { source: name })] };
    if (stat.size > inputLimits.settings)
      return {
        problems: [diagnosticAt('I2K725', `it has more than ${mebibytes(inputLimits.settings)}`, { source: name })],
      };
    const bytes = io.files.readFileSync(path);
    return { source: sourceOf(name, bytes), problems: encodingDiagnostics(name, bytes) };
  } catch (error) {
    return { problems: [readError(error, name)] };
  }
}

/** Schema violations of the value, at their places in its text. */
export async function schemaDiagnostics(name: SettingsName, source: Source, value: unknown): Promise<Diagnostic[]> {
  const shapes = schemaViolations(name, value);
  if (shapes.length === 0) return [];
  const document = await parseSettings(source.text);
  return shapes.map(({ code, message, hint, path, atKey }) => ({
    ...diagnosticAt(code, message, {
      source: source.name,
      path,
      offset: document.offset(path, atKey),
      ...(hint !== undefined && { hint }),
    }),
    ...(atKey && { atKey }),
  }));
}

export interface SyntaxProblem extends Problem {
  readonly offset: number;
}

export interface SettingsDocument {
  /** The value, or the first syntax error of the text. */
  readonly content: Outcome<unknown, SyntaxProblem>;
  /** Index in the text of the value at a path, or of its key; of the nearest parent if there is none. */
  offset(path: Path, atKey: boolean): number;
}

/** Parses YAML or JSON with the place of each part; only for settings files, which are small. */
export async function parseSettings(text: string): Promise<SettingsDocument> {
  const { isMap, isSeq, isScalar, parseDocument } = await import('yaml');
  // Its warnings go to standard error as the process's own; those of the document are errors here.
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  // YAML would ignore an unknown tag (`!Ref`) silently.
  const [error] = [...document.errors, ...document.warnings];
  const offset = (path: Path, atKey: boolean): number => {
    let node: unknown = document.contents;
    let at = document.contents?.range?.[0] ?? 0;
    path.forEach((part, depth) => {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
        const place = atKey && depth === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
        if (place && typeof place === 'object' && 'range' in place)
          at = (place.range as [number] | undefined)?.[0] ?? at;
        node = pair?.value;
      } else if (isSeq(node)) {
        node = node.items[Number(part)];
        if (node && typeof node === 'object' && 'range' in node) at = (node.range as [number] | undefined)?.[0] ?? at;
      }
    });
    return at;
  };
  if (error) return { content: failure({ message: messagePhrase(error.message), offset: error.pos[0] }), offset };
  try {
    return { content: success(document.toJS({ maxAliasCount: 100 }) as unknown), offset };
  } catch (error) {
    // Too many aliases: a file that expands when read.
    return { content: failure({ message: messagePhrase(errorMessage(error)), offset: 0 }), offset };
  }
}

/** Diagnostics have no capital and no final period. */
const messagePhrase = (message: string): string =>
  (message.charAt(0).toLowerCase() + message.slice(1)).replace(/\.$/, '');
