// What Kubernetes reads in an unquoted scalar: sigs.k8s.io/yaml, that is go-yaml v2's resolve.go, held to test/data/scalars.json.

export type Scalar = string | number | boolean | null;

/** The readings that are looked up; `.inf` and `.nan` are here because they are refused as numbers, not read as strings. */
const WORDS = new Map<string, Scalar>([
  ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'n N no No NO false False FALSE off Off OFF'),
  ...words(null, '~ null Null NULL'),
  ...words(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
  ...words(Number.NaN, '.nan .NaN .NAN'),
  ['', null],
]);

function words(value: Scalar, texts: string): [string, Scalar][] {
  return texts.split(' ').map((text) => [text, value]);
}

const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const DIGITS = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const POINT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const HEX = /^([-+]?)0[xX]([0-9a-fA-F]+)$/;
const OCTAL = /^([-+]?)0[oO]?([0-7]+)$/;
const BINARY = /^([-+]?)0[bB]([01]+)$/;
/** go-yaml cuts the prefix off and reads the rest, sign and all. */
const SIGNED_BINARY = /^0b([-+])([01]+)$/;

const BASES: readonly (readonly [RegExp, string])[] = [
  [HEX, '0x'],
  [OCTAL, '0o'],
  [BINARY, '0b'],
  [SIGNED_BINARY, '0b'],
];

/**
 * The value of an unquoted scalar. `undefined`: a whole number over 2^53, which JavaScript (and JSON's other readers)
 * would round. An infinity or NaN is returned as such: Kubernetes reads it, and then cannot say it in JSON.
 */
export function plainScalar(text: string): Scalar | undefined {
  switch (text.charAt(0)) {
    case '.':
      return WORDS.get(text) ?? (POINT.test(text) ? float(text, text) : text);
    case '+':
    case '-':
      return WORDS.get(text) ?? number(text);
    default: {
      const first = text.charCodeAt(0);
      if (first >= 0x30 && first <= 0x39) return number(text);
      if (text.length > 5) return text;
      const word = WORDS.get(text);
      return word === undefined ? text : word;
    }
  }
}

/** True where the text is a whole number in any of its notations, so that a key of it is written without a point. */
export function isWhole(text: string): boolean {
  const digits = text.replaceAll('_', '');
  return [DECIMAL, HEX, OCTAL, BINARY, SIGNED_BINARY].some((notation) => notation.test(digits));
}

function number(text: string): Scalar | undefined {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (DECIMAL.test(digits)) return whole(Number(digits));
  for (const [notation, base] of BASES) {
    const [, sign, rest] = notation.exec(digits) ?? [];
    if (rest !== undefined) return whole(sign === '-' ? -fromBase(rest, base) : fromBase(rest, base));
  }
  return FLOAT.test(digits) ? float(digits, text) : text;
}

/** `Number` rather than `parseInt`: what has lost its last digits must not look like a smaller number. */
function fromBase(digits: string, base: string): number {
  return Number(base + digits);
}

/** -0 is 0, since it is no float. */
function whole(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

/** `08` is 8, and a number that no float holds is a string. */
function float(digits: string, text: string): Scalar | undefined {
  const value = Number(digits);
  if (DIGITS.test(digits)) return whole(value);
  return Number.isFinite(value) ? value : text;
}
