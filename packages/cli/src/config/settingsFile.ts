// Reads a settings file (small, UTF-8), parses it as YAML or JSON with offsets, and checks it against its schema.

import { resolve } from 'node:path';
import { countText, errorMessage, failure, maxJsonDepth, type Outcome, type Problem, success } from '@i2kit/common';
import type { Diagnostic, Path, Source } from '@i2kit/compiler';
import type { Parser } from 'yaml';
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
  const found = shapes.slice(0, maxViolations).map(({ code, message, hint, path, atKey }) => ({
    ...diagnosticAt(code, message, {
      source: source.name,
      path,
      offset: document.offset(path, atKey),
      ...(hint !== undefined && { hint }),
    }),
    ...(atKey && { atKey }),
  }));
  const more = shapes.length - found.length;
  const [first] = shapes;
  return more === 0 || first === undefined
    ? found
    : [
        ...found,
        diagnosticAt(first.code, `and ${countText(more, 'more problem')} of this file`, { source: source.name }),
      ];
}

/** Finding the place of each takes as long as reading the file. */
const maxViolations = 100;

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
  const { isMap, isSeq, isScalar, Lexer, parseDocument, Parser } = await import('yaml');
  const deep = tooDeepIn(new Lexer().lex(text), new Parser());
  if (deep !== undefined)
    return {
      content: failure({ message: `the file is nested deeper than ${maxJsonDepth} levels`, offset: deep }),
      offset: () => deep,
    };
  // Its warnings go to standard error as the process's own; those of the document are errors here. It would compare each
  // key of a mapping with each other one.
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const duplicate = firstDuplicateKey(document.contents);
  // YAML would ignore an unknown tag (`!Ref`) silently.
  const [error] = [...document.errors, ...document.warnings, ...(duplicate === undefined ? [] : [duplicate])];
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

/** Lexer and parser are not recursive, so depth is checked before the recursive composer runs. */
function tooDeepIn(lexemes: Iterable<string>, parser: Parser): number | undefined {
  for (const lexeme of lexemes) {
    for (const _token of parser.next(lexeme));
    if (parser.stack.length > maxJsonDepth) return parser.offset;
  }
  return undefined;
}

interface YamlMistake {
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Reads each key once. */
function firstDuplicateKey(node: unknown): YamlMistake | undefined {
  const items = (node as { readonly items?: readonly unknown[] } | null)?.items ?? [];
  const seen = new Set<string>();
  for (const item of items) {
    const { key, value } = item as { readonly key?: ScalarKey; readonly value?: unknown };
    const name = key?.value === undefined ? undefined : `${typeof key.value} ${String(key.value)}`;
    if (name !== undefined && seen.has(name))
      return { message: 'Map keys must be unique', pos: [key?.range?.[0] ?? 0, key?.range?.[1] ?? 0] };
    if (name !== undefined) seen.add(name);
    const inner = firstDuplicateKey(key === undefined ? item : value);
    if (inner) return inner;
  }
  return undefined;
}

interface ScalarKey {
  readonly value?: unknown;
  readonly range?: readonly [number, number, number];
}

/** Diagnostics have no capital and no final period. */
const messagePhrase = (message: string): string =>
  (message.charAt(0).toLowerCase() + message.slice(1)).replace(/\.$/, '');
