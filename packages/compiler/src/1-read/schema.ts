// Checks an object against Kubernetes' schema and explains each violation.

import { nearest } from '@i2kit/common';
import { type Finding, type Path, pathText, type Report } from '../diagnostic.ts';
import type { ShapeError } from '../generated/validators.d.ts';
import { validators } from '../generated/validators.js';
import type { Kind } from '../kinds/index.ts';
import { MAX_PROBLEMS_PER_OBJECT } from './limits.ts';
import { describeType, describeValue, fieldOf, type Mapping } from './mapping.ts';
import type { IdentifiedObject } from './objects.ts';
import { undefinedOnProblem } from './yaml/errors.ts';
import { type NodeTree, readTree } from './yaml/exact.ts';
import { findSpan } from './yaml/locate.ts';

type SchemaProblem = Omit<Finding, 'object' | 'path'> & { readonly path: Path };

/** True if the object matches the schema. Else reports each problem, once for each place. */
export function checkSchema(
  kind: Kind,
  { written, ref: object }: IdentifiedObject,
  sourceOf: SourceTextOf,
  report: Report,
): boolean {
  const validate = validators[kind];
  if (validate(written)) return true;
  const errors = validate.errors ?? [];
  const found = new Map<string, SchemaProblem>();
  let seen = 0;
  for (const error of errors) {
    if (found.size === MAX_PROBLEMS_PER_OBJECT) break;
    seen += 1;
    const each = schemaProblemOf(error, written, kind === 'Secret' ? 'hidden' : sourceOf);
    // Several fields may be missing from one place. Of the other problems of a place, the first is the clearest.
    const key = JSON.stringify([each.path, each.code === 'I2K203' ? each.message : '']);
    if (!found.has(key)) found.set(key, each);
  }
  for (const each of found.values()) report({ ...each, object });
  if (seen < errors.length)
    report({ code: 'I2K208', message: `and ${errors.length - seen} more problems of this object`, object, path: [] });
  return false;
}

function schemaProblemOf(error: ShapeError, written: Mapping, source: SourceTextOf | 'hidden'): SchemaProblem {
  const { path, value } = resolvePointer(error.instancePath, written);
  const field = pathText(path) || 'the object';
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownFieldProblem(error.params.additionalProperty, error.params.known, path);
    case 'required':
      return { code: 'I2K203', message: `${field} has no ${error.params.missingProperty}, which is required`, path };
    case 'type':
      return typeProblem(error.params.type, value, path, source);
    case 'minimum':
    case 'maximum':
      return {
        code: 'I2K204',
        message: `${field} must be ${error.params.comparison} ${error.params.limit}, but is ${value}`,
        path,
      };
    case 'format':
      return formatProblem(error.params.format, value, field, path);
  }
}

function unknownFieldProblem(name: string, known: readonly string[], path: Path): SchemaProblem {
  const meant = nearest(name, known);
  const where = path.length === 0 ? 'the object' : pathText(path);
  const hint = meant
    ? `Did you mean ${meant}?`
    : `Known fields: ${known.length > 12 ? `${known.slice(0, 12).join(', ')}, …` : known.join(', ')}.`;
  return {
    code: 'I2K201',
    message: `${where} has no field ${JSON.stringify(name)}`,
    path: [...path, name],
    atKey: true,
    hint,
  };
}

function formatProblem(
  format: 'byte' | 'date-time' | 'quantity',
  value: unknown,
  field: string,
  path: Path,
): SchemaProblem {
  const text = JSON.stringify(value);
  if (format === 'byte') {
    return {
      code: 'I2K205',
      message: `${field} is not base64`,
      path,
      hint: 'Encode it with `base64 -w0`, or use stringData (Secret) or data (ConfigMap).',
    };
  }
  if (format === 'date-time') return { code: 'I2K207', message: `${field} is not a time: ${text}`, path };
  return {
    code: 'I2K206',
    message: `${field} is not a quantity: ${text}`,
    path,
    hint: 'Example: 500m for cpu, or 512Mi for memory.',
  };
}

/** Converts a JSON Pointer (RFC 6901) to a path, in which list positions are numbers, and finds the value there. */
function resolvePointer(pointer: string, root: unknown): { readonly path: Path; readonly value: unknown } {
  let value = root;
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
      const isPosition = Array.isArray(value);
      value = isPosition ? (value as readonly unknown[])[Number(key)] : fieldOf(value, key);
      return isPosition ? Number(key) : key;
    });
  return { path, value };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

interface TypeProblem {
  readonly code: 'I2K202';
  readonly message: string;
  readonly path: Path;
  readonly hint?: string;
}

/**
 * A value of the wrong type: the expected type, the actual value, and how to write it.
 * @param types JSON Schema type names @param source the text written there, or whether it must be hidden
 */
export function typeProblem(
  types: string | readonly string[],
  value: unknown,
  path: Path,
  source: SourceTextOf | 'hidden',
): TypeProblem {
  const expected = [types].flat();
  const must = expected.map((type) => TYPE_NAMES[type] ?? type).join(' or ');
  const hidden = source === 'hidden';
  const hint = hidden ? undefined : typeHint(expected, value, source(path));
  const message = `${pathText(path) || 'the object'} must be ${must}, but is ${hidden ? describeType(value) : describeValue(value)}`;
  return { code: 'I2K202', message, path, ...(hint !== undefined && { hint }) };
}

function typeHint(expected: readonly string[], value: unknown, text = String(value)): string | undefined {
  if (expected.includes('string')) {
    if (typeof value === 'number') return `Quote it: \`"${text}"\`.`;
    if (typeof value === 'boolean')
      return `Quote it: \`"${text}"\`. Without quotes, yes, no, on, off, y and n are booleans.`;
    return undefined;
  }
  if (typeof value === 'string' && expected.includes('integer') && /^-?\d+$/.test(value))
    return `Remove the quotes: \`${value}\`.`;
  if (typeof value === 'string' && expected.includes('boolean') && /^(?:true|false)$/i.test(value))
    return `Remove the quotes: \`${value.toLowerCase()}\`.`;
  if (expected.includes('array') && typeof value === 'object' && value !== null)
    return 'Start each item with a hyphen.';
  return undefined;
}

/**
 * The text written at a path, character by character: `0644` where the value is 420. Used in messages only.
 * Undefined if the document cannot be read a second time.
 */
export type SourceTextOf = (path: Path) => string | undefined;

/** Reads a document again on the first request and keeps the last one: requests come in document order. */
export function sourceTextReader(): (text: string, path: Path) => string | undefined {
  let last: { readonly text: string; readonly tree: NodeTree | undefined } | undefined;
  return (text, path) => {
    if (last?.text !== text) last = { text, tree: undefinedOnProblem(() => readTree(text)) };
    const { tree } = last;
    const span = tree && undefinedOnProblem(() => findSpan(tree, path, false));
    return span && text.slice(span.start, span.end);
  };
}
