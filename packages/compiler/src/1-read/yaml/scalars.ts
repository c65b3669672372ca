// Reads scalars and keys as Kubernetes does (sigs.k8s.io/yaml, go-yaml v2), tested against test/data/scalars.json.

import { base64, utf8 } from '@scure/base';
import { YamlProblem } from './errors.ts';

/**
 * Kubernetes' reading of an unquoted scalar: sigs.k8s.io/yaml, which is go-yaml v2's resolve.go; tested against
 * test/data/scalars.json.
 */
export type ScalarValue = string | number | boolean | null;

/** Table of fixed readings. `.inf` and `.nan` are included because they are refused as numbers, not read as strings. */
const NAMED_SCALARS = new Map<string, ScalarValue>([
  ...namesOf(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...namesOf(false, 'n N no No NO false False FALSE off Off OFF'),
  ...namesOf(null, '~ null Null NULL'),
  ...namesOf(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...namesOf(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
  ...namesOf(Number.NaN, '.nan .NaN .NAN'),
  ['', null],
]);

function namesOf(value: ScalarValue, texts: string): [string, ScalarValue][] {
  return texts.split(' ').map((text) => [text, value]);
}

const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const DIGITS = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const LEADING_POINT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const HEX = /^([-+]?)0[xX]([0-9a-fA-F]+)$/;
const OCTAL = /^([-+]?)0[oO]?([0-7]+)$/;
const BINARY = /^([-+]?)0[bB]([01]+)$/;
/** go-yaml removes the prefix and reads the rest, including a sign. */
const SIGNED_BINARY = /^0b([-+])([01]+)$/;

const BASES: readonly (readonly [RegExp, string])[] = [
  [HEX, '0x'],
  [OCTAL, '0o'],
  [BINARY, '0b'],
  [SIGNED_BINARY, '0b'],
];

/**
 * The value of an unquoted scalar. `undefined`: a whole number over 2^53, which JavaScript (and other readers of
 * JSON) would round. An infinity or NaN is returned as such: Kubernetes reads it, but cannot write it as JSON.
 */
export function plainScalar(text: string): ScalarValue | undefined {
  switch (text.charAt(0)) {
    case '.':
      return NAMED_SCALARS.get(text) ?? (LEADING_POINT.test(text) ? floatValue(text, text) : text);
    case '+':
    case '-':
      return NAMED_SCALARS.get(text) ?? numberValue(text);
    default: {
      const first = text.charCodeAt(0);
      if (first >= 0x30 && first <= 0x39) return numberValue(text);
      if (text.length > 5) return text;
      const word = NAMED_SCALARS.get(text);
      return word === undefined ? text : word;
    }
  }
}

/** True if the text is a whole number in any notation, so that a key of it is written without a decimal point. */
export function isWholeNumber(text: string): boolean {
  const digits = text.replaceAll('_', '');
  return [DECIMAL, HEX, OCTAL, BINARY, SIGNED_BINARY].some((notation) => notation.test(digits));
}

function numberValue(text: string): ScalarValue | undefined {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (DECIMAL.test(digits)) return safeInteger(Number(digits));
  for (const [notation, base] of BASES) {
    const [, sign, rest] = notation.exec(digits) ?? [];
    if (rest !== undefined) return safeInteger(sign === '-' ? -integerOf(rest, base) : integerOf(rest, base));
  }
  return FLOAT.test(digits) ? floatValue(digits, text) : text;
}

/** `Number` rather than `parseInt`: a number that lost its last digits must not look like a smaller one. */
function integerOf(digits: string, base: string): number {
  return Number(base + digits);
}

/** -0 is 0, since it is not a float. */
function safeInteger(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

/** `08` is 8, and a number too large for a float is a string. */
function floatValue(digits: string, text: string): ScalarValue | undefined {
  const value = Number(digits);
  if (DIGITS.test(digits)) return safeInteger(value);
  return Number.isFinite(value) ? value : text;
}

/**
 * Converts a mapping's key to a string, as sigs.k8s.io/yaml does in convertToJSONableObject.
 * The key of an unquoted scalar: `yes` is "true", `017` is "15", `1.50` is "1.5". `undefined`: not a valid key (null,
 * or a whole number over 2^53).
 */
export function plainKey(text: string): string | undefined {
  const value = plainScalar(text);
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number' && !isWholeNumber(text)) return floatKey(value);
  return String(value);
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32): single precision, and an exponent from 1e+06 and below 1e-04. */
export function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single < 0 ? '-.inf' : '.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  const [mantissa = '', exponent = '0'] = shortestDigits(single).split('e');
  const power = Number(exponent);
  // From 1e-4 to 1e6 JavaScript writes no exponent either.
  if (power >= -4 && power < 6) return String(Number(`${mantissa}e${power}`));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The fewest digits that single precision reads back as the same number, as `d.ddde±n`. */
function shortestDigits(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return single.toExponential();
}

export const TAG_PREFIX = 'tag:yaml.org,2002:';

/** Types whose values are read as if unquoted, and then must be of the type. */
const TYPE_CHECKS: Readonly<Record<string, (value: ScalarValue | undefined) => boolean>> = {
  int: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

/**
 * Reads a scalar with a tag. Only YAML's own tags that JSON can express are accepted, deliberately stricter than
 * Kubernetes. `undefined` is a whole number over 2^53, as in `plainScalar`.
 */
export function taggedScalar(tag: string, text: string, offset: number): ScalarValue | undefined {
  const type = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : '';
  if (tag === '!' || type === 'str') return text;
  if (type === 'timestamp' && /^\d{4}-/.test(text)) return text;
  if (type === 'binary') return decodeBinary(text, offset);
  const isOfType = Object.hasOwn(TYPE_CHECKS, type) ? TYPE_CHECKS[type] : undefined;
  if (!isOfType && type !== 'timestamp') throw unknownTag(tag, offset);
  const value = plainScalar(text);
  if (isOfType?.(value) || (value === undefined && (type === 'int' || type === 'float'))) return value;
  throw new YamlProblem('I2K111', `this is not a !!${type}`, offset);
}

export function unknownTag(tag: string, offset: number): YamlProblem {
  const name = tag.startsWith(TAG_PREFIX) ? `!!${tag.slice(TAG_PREFIX.length)}` : tag;
  return new YamlProblem(
    'I2K104',
    `the tag ${name} is not supported`,
    offset,
    'Remove it. Supported tags: !!str, !!int, !!float, !!bool, !!null and !!binary.',
  );
}

function decodeBinary(text: string, offset: number): string {
  const bytes = undefinedOnError(() => base64.decode(text.replace(/[\r\n]/g, '')));
  if (!bytes) throw new YamlProblem('I2K111', 'this is not base64', offset);
  // Kubernetes would replace bytes that are not UTF-8 with U+FFFD, and so lose them.
  const decoded = undefinedOnError(() => utf8.encode(bytes));
  if (decoded !== undefined) return decoded;
  throw new YamlProblem(
    'I2K111',
    'these bytes are not UTF-8, as a string must be',
    offset,
    'Use `data` of a Secret or `binaryData` of a ConfigMap.',
  );
}

function undefinedOnError<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
