// What a scalar with a tag is. Only YAML's own tags that JSON can say are taken, which is stricter than Kubernetes, on purpose.
import { base64, utf8 } from '@scure/base';
import { Problem } from './problem.ts';
import { plainScalar, type Scalar } from './scalar.ts';

export const PREFIX = 'tag:yaml.org,2002:';

/** Types whose values are read as if they stood there unquoted, and then have to be of the type. */
const TYPES: Readonly<Record<string, (value: Scalar | undefined) => boolean>> = {
  int: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

/** `undefined` is a whole number over 2^53, as in `plainScalar`. */
export function taggedScalar(tag: string, text: string, offset: number): Scalar | undefined {
  const type = tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : '';
  if (tag === '!' || type === 'str') return text;
  if (type === 'timestamp' && /^\d{4}-/.test(text)) return text;
  if (type === 'binary') return binary(text, offset);
  const isOfType = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!isOfType && type !== 'timestamp') throw unknownTag(tag, offset);
  const value = plainScalar(text);
  if (isOfType?.(value) || (value === undefined && (type === 'int' || type === 'float'))) return value;
  throw new Problem('I2K111', `this is no !!${type}`, offset);
}

export function unknownTag(tag: string, offset: number): Problem {
  const name = tag.startsWith(PREFIX) ? `!!${tag.slice(PREFIX.length)}` : tag;
  return new Problem(
    'I2K104',
    `the tag ${name} is not taken here`,
    offset,
    'remove it; !!str, !!int, !!float, !!bool, !!null and !!binary are taken',
  );
}

function binary(text: string, offset: number): string {
  const bytes = attempt(() => base64.decode(text.replace(/[\r\n]/g, '')));
  if (!bytes) throw new Problem('I2K111', 'this is no base64', offset);
  // Kubernetes would put U+FFFD in place of bytes that are no UTF-8, and so lose them.
  const decoded = attempt(() => utf8.encode(bytes));
  if (decoded !== undefined) return decoded;
  throw new Problem(
    'I2K111',
    'these bytes are no UTF-8, which a string has to be',
    offset,
    'use `data` of a Secret or `binaryData` of a ConfigMap',
  );
}

function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
