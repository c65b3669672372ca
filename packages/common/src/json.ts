// Plain data: its type, a type guard, and a text that does not depend on the order of keys.
import { compareEntries } from './compare.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** True for an object that is neither null nor an array; keeps the type of the values if it is known. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json };
export function isObject(value: unknown): value is Readonly<Record<string, unknown>>;
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with sorted keys. As in `JSON.stringify`, undefined members are left out, and undefined elements are null. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(compareEntries)
    .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`)
    .join(',')}}`;
}

/** True if both are undefined, or are equal whatever the order of their keys. */
export const isSameJson = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

/** Nesting of objects and lists in texts from outside: what reads them is recursive. Nothing that i2kit reads comes near it. */
export const maxJsonDepth = 200;

/** Position in a JSON text at which it is nested deeper than `maxJsonDepth`; undefined if it nowhere is. */
export function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === openList || character === openObject) {
      depth += 1;
      if (depth > maxJsonDepth) return at;
    } else if (character === closeList || character === closeObject) depth -= 1;
  }
  return undefined;
}

const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Position of the closing quote, or of the text's end. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}

/** The value of a JSON text; undefined if the text is not JSON, or is nested deeper than `maxJsonDepth`. */
export function parseJson(text: string): unknown {
  if (tooDeepAt(text) !== undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
