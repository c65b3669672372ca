// A value of the wrong type: what it must be, what it is, and how to write it.
import { type Path, pathText } from '../../diagnostic.ts';
import { describe, describeKind } from './mapping.ts';
import type { SourceOf } from './source.ts';

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

interface WrongType {
  readonly code: 'I2K202';
  readonly message: string;
  readonly path: Path;
  readonly hint?: string;
}

/** @param types as JSON Schema calls them @param source what is written there, or that it must not be shown */
export function wrongType(types: string | readonly string[], value: unknown, path: Path, source: SourceOf | 'hidden'): WrongType {
  const expected = [types].flat();
  const must = expected.map((type) => NAMES[type] ?? type).join(' or ');
  const hidden = source === 'hidden';
  const hint = hidden ? undefined : hintFor(expected, value, source(path));
  const message = `${pathText(path) || 'the object'} must be ${must}, and is ${hidden ? describeKind(value) : describe(value)}`;
  return { code: 'I2K202', message, path, ...(hint !== undefined && { hint }) };
}

function hintFor(expected: readonly string[], value: unknown, text = String(value)): string | undefined {
  if (expected.includes('string')) {
    if (typeof value === 'number') return `quote it: "${text}"`;
    if (typeof value === 'boolean') return `quote it: "${text}"; without quotes, yes, no, on, off, y and n are booleans`;
    return undefined;
  }
  if (typeof value === 'string' && expected.includes('integer') && /^-?\d+$/.test(value)) return `remove the quotes: ${value}`;
  if (typeof value === 'string' && expected.includes('boolean') && /^(?:true|false)$/i.test(value))
    return `remove the quotes: ${value.toLowerCase()}`;
  if (expected.includes('array') && typeof value === 'object' && value !== null) return 'start each item with a hyphen';
  return undefined;
}
