// JSON documents: read by JSON.parse where that means what Kubernetes would read.
import { MAX_DEPTH } from '../limits.ts';

/** Strings (with the colon that makes one a key) and numbers; the rest of JSON needs no look. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/**
 * The value of a JSON text, boxed; undefined where it is no JSON, or where JSON.parse would be too kind: a key that stands
 * twice, a number that JavaScript rounds, a NUL. The exact reader then says what is wrong, or reads it as YAML.
 */
export function readJson(text: string): { readonly value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  let keys = 0;
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (colon !== undefined) keys += 1;
    if (token.charCodeAt(0) === 0x22 ? /\\u(?:0000|[dD][89a-fA-F])/.test(token) : !isExact(token)) return undefined;
  }
  return keys === countKeys(value) ? { value } : undefined;
}

function isExact(number: string): boolean {
  const value = Number(number);
  if (/[.eE]/.test(number)) return Number.isFinite(value);
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** Level by level, since how deep the value is, is not known yet; undefined where it is too deep. */
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
