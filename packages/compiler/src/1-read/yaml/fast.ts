// The fast readers: js-yaml for plain YAML, JSON.parse for JSON, and the tests that decide which documents they may read.

import { I2kitError } from '@i2kit/common';
import { defineScalarTag, loadAll, mapTag, Schema, seqTag, strTag, YAMLException } from 'js-yaml';
import { MAX_DEPTH } from '../limits.ts';
import { YamlProblem } from './errors.ts';
import { plainScalar, type ScalarValue } from './scalars.ts';

/**
 * Patterns that send a document to the exact reader. A match inside a string costs time, never meaning. Each is
 * linear: a run of spaces is walked once, from the character before it. Lines start after a line feed.
 */
const BEYOND_PLAIN: readonly RegExp[] = [
  // Tabs: allowed as separators only.
  /\t/,
  // Anchors, aliases and tags; explicit keys, which may be mappings; empty keys.
  /[-\n?:[{,] *(?:[&*!]|[?:][ \n,\]}])/,
  // A list item with nothing after the dash.
  /[\n ]- *[\n#]/,
  // Directives, and content on the line of the document's start.
  /\n(?:%|---(?:[^ \n]| +[^ #\n]))/,
  // Blocks that start a line, and may be a whole document.
  /\n *[|>]/,
  // Escapes of any character, including NUL and halves of surrogate pairs.
  /\\[0xuU/]/,
  // Keys that are lists or mappings.
  /[\]}] *:[ ,\]}\n]/,
  // The merge key.
  /<< *:/,
  // Keys that are numbers or null.
  /[ \n{,[](?:(?:[-+.]*\d|[-+.]+[inIN])[^\s:,{[]*|~|null|Null|NULL)\s*:[ ,\]}\n]/,
];

/** Start of a value with an end mark of its own. */
const DELIMITED_VALUE = /(?:\n *|[-:] +)(?=["'[{])/g;

// Repetitions are bounded, so that no line exceeds the engine's stack.
const QUOTED = String.raw`"[^"\\\n]{0,9999}(?:\\.[^"\\\n]{0,999}){0,99}"|'[^'\n]{0,9999}(?:''[^'\n]{0,999}){0,99}'`;
const WORD = String.raw`(?:-*\w|[./])[\w./+%=@-]*(?::[\w./+%=@-]+)*`;
const VALUE = `(?:${QUOTED}|${WORD})`;
const FLOW_LIST = String.raw`\[ *(?:${VALUE}(?: *, *${VALUE}){0,99})? *\]`;
const flowMapping = (value: string) => {
  const entry = `(?:${QUOTED}|[A-Za-z_][\\w./-]*): +(?:${VALUE}|${value})`;
  return String.raw`\{ *(?:${entry}(?: *, *${entry}){0,99})? *\}`;
};
const FLOW = `${FLOW_LIST}|${flowMapping(`${FLOW_LIST}|${flowMapping(FLOW_LIST)}`)}`;

/** Quotes and brackets that close on their line, in the forms common in manifests. */
const SIMPLE_VALUE = new RegExp(`(?:${QUOTED})(?= *(?::(?: |$)| #|$))|(?:${FLOW})(?= *$)`, 'my');

/**
 * Whether a document uses only the part of YAML on which js-yaml and Kubernetes agree, as most documents do.
 * @param text with line feeds only
 */
export function isPlainYaml(text: string): boolean {
  // A block scalar at the end of a text without a final line feed has none either.
  if (!text.endsWith('\n') && /[|>]/.test(text)) return false;
  const lines = `\n${text}\n`;
  if (BEYOND_PLAIN.some((pattern) => pattern.test(lines))) return false;
  DELIMITED_VALUE.lastIndex = 0;
  while (DELIMITED_VALUE.test(lines)) {
    SIMPLE_VALUE.lastIndex = DELIMITED_VALUE.lastIndex;
    if (!SIMPLE_VALUE.test(lines)) return false;
    // Its content needs no check of its own.
    DELIMITED_VALUE.lastIndex = SIMPLE_VALUE.lastIndex;
  }
  return true;
}

/** The only implicit tag: it reads every unquoted scalar. js-yaml passes on what it throws. */
const unquotedTag = defineScalarTag<ScalarValue>('tag:i2kit.dev,2026:unquoted', {
  implicit: true,
  resolve: (text) => {
    const value = plainScalar(text);
    // The exact reader finds the refused value again, with its place.
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) throw new UnreadableScalar();
    return value;
  },
  identify: () => false,
});

class UnreadableScalar extends I2kitError<'unreadable-scalar'> {
  override readonly name = 'UnreadableScalar';
  constructor() {
    super('unreadable-scalar', 'the value of an unquoted scalar has no plain form');
  }
}

const LOAD_OPTIONS = { schema: new Schema([strTag, seqTag, mapTag, unquotedTag]), maxDepth: MAX_DEPTH };

/**
 * The fast reader: js-yaml, with Kubernetes' reading of unquoted scalars, for documents that keep to plain YAML.
 * Reads a document for which `isPlainYaml` holds. Throws a Problem if it is too deep. For any other error it throws
 * something else, and the exact reader decides.
 */
export function readFast(text: string): unknown {
  try {
    const [value, ...more] = loadAll(text, LOAD_OPTIONS);
    if (more.length > 0) throw new YAMLException('expected one document');
    return value ?? null;
  } catch (error) {
    if (error instanceof YAMLException && error.reason.startsWith('nesting exceeded')) {
      throw new YamlProblem('I2K123', `the document is nested deeper than ${MAX_DEPTH} levels`, offsetOf(error));
    }
    throw error;
  }
}

const offsetOf = ({ mark }: YAMLException): number => mark?.position ?? 0;

/** The position where js-yaml stopped: the place of an error in a document that is too long for the exact reader. */
export function failureOffset(error: unknown): { readonly reason: string; readonly offset: number } | undefined {
  return error instanceof YAMLException ? { reason: error.reason, offset: offsetOf(error) } : undefined;
}

/** Strings (with the colon that makes one a key) and numbers; the rest of JSON needs no check. */
const JSON_TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/**
 * Reads JSON documents with JSON.parse if the result equals Kubernetes' reading.
 * The value of a JSON text, boxed. Undefined if it is not JSON, or if JSON.parse would be too lenient: a duplicate
 * key, a number that JavaScript rounds, a NUL. The exact reader then reports the error, or reads it as YAML.
 */
export function readJson(text: string): { readonly value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  let keys = 0;
  for (const [token, colon] of text.matchAll(JSON_TOKEN)) {
    if (colon !== undefined) keys += 1;
    if (token.charCodeAt(0) === 0x22 ? /\\u(?:0000|[dD][89a-fA-F])/.test(token) : !isExactNumber(token))
      return undefined;
  }
  return keys === countKeys(value) ? { value } : undefined;
}

function isExactNumber(number: string): boolean {
  const value = Number(number);
  if (/[.eE]/.test(number)) return Number.isFinite(value);
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** Level by level, since the depth is not known yet. Undefined if it is too deep. */
function countKeys(root: unknown): number | undefined {
  let keys = 0;
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return undefined;
    level = level.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      const values: unknown[] = Object.values(value);
      if (!Array.isArray(value)) keys += values.length;
      return values;
    });
  }
  return keys;
}
