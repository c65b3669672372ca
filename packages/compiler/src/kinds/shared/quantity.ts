// Kubernetes' quantities (500m, 1.5Gi, 2e3): parsed exactly, printed, added, compared, and rounded up as Kubernetes
// rounds.

import type { Quantity } from '../../generated/kubernetes.ts';

/** The number of billionths, and the notation in which it was written. */
export interface ParsedQuantity {
  readonly nanos: bigint;
  readonly notation: 'decimal' | 'binary' | 'exponent';
}

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/;
/** No quantity that means anything is longer; the time for arithmetic grows with the square of the digits. */
const MAX_QUANTITY_LENGTH = 200;
const MAX_INT64 = 2n ** 63n - 1n;
const NANOS = 10n ** 9n;

/** resource.ParseQuantity; undefined if the text is not a quantity. */
export function parseQuantity(text: unknown): ParsedQuantity | undefined {
  if (typeof text !== 'string' && typeof text !== 'number') return undefined;
  const written = String(text).trim();
  const match = written.length > MAX_QUANTITY_LENGTH ? null : QUANTITY.exec(written);
  if (!match) return undefined;
  const [, sign, whole = '', part = '', binary, decimal, exponent] = match;
  if (whole + part === '' || Math.abs(Number(exponent ?? 0)) > 100) return undefined;
  const factor = binary ? 1024n ** BigInt(BINARY.indexOf(binary)) : 1n;
  const tens = decimal ? 3 * (DECIMAL.indexOf(decimal) - 3) : Number(exponent ?? 0);
  const shift = 9 + tens - part.length;
  const digits = BigInt(whole + part) * factor;
  let nano = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRoundingUp(digits, 10n ** BigInt(-shift));
  if (binary && nano > MAX_INT64 * NANOS) nano = MAX_INT64 * NANOS;
  const small = nano > 0n && nano < NANOS;
  return {
    nanos: sign === '-' ? -nano : nano,
    notation: exponent ? 'exponent' : binary && !small ? 'binary' : 'decimal',
  };
}

/** Quantity.String: the canonical form, with the largest suffix that leaves no fraction. */
export function printQuantity({ nanos: nano, notation }: ParsedQuantity): string {
  if (nano === 0n) return '0';
  const size = nano < 0n ? -nano : nano;
  // A binary notation has no fractions, and begins at 1Ki.
  if (notation === 'binary' && size >= 1024n * NANOS && nano % NANOS === 0n) {
    const [number, steps] = factorOut(nano / NANOS, 1024n, BINARY.length - 1);
    return `${number}${BINARY[steps]}`;
  }
  const [number, steps] = factorOut(nano, 1000n, notation === 'exponent' ? 100 : DECIMAL.length - 1);
  if (notation !== 'exponent') return `${number}${DECIMAL[steps]}`;
  return steps === 3 ? `${number}` : `${number}e${3 * steps - 9}`;
}

/** Quantity.Add: zero takes the notation of the other operand. */
export const addQuantities = (a: ParsedQuantity, b: ParsedQuantity): ParsedQuantity => ({
  nanos: a.nanos + b.nanos,
  notation: a.nanos === 0n ? b.notation : a.notation,
});

/** Quantity.RoundUp to thousandths: away from zero, so that no request becomes zero. */
export function roundUpToMilli({ nanos: nano, notation }: ParsedQuantity): ParsedQuantity {
  const size = divideRoundingUp(nano < 0n ? -nano : nano, 1_000_000n) * 1_000_000n;
  return { nanos: nano < 0n ? -size : size, notation };
}

const divideRoundingUp = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

/** Divides by a factor as often as possible, and returns how often. */
function factorOut(value: bigint, by: bigint, most: number): [rest: bigint, times: number] {
  let rest = value;
  let times = 0;
  while (times < most && rest % by === 0n) {
    rest /= by;
    times++;
  }
  return [rest, times];
}

const NANOS_PER_UNIT = 10n ** 9n;

/** Rounds away from zero, as `resource.Quantity` does. */
function divideAwayFromZero(value: bigint, by: bigint): number {
  const rest = value % by === 0n ? 0n : value < 0n ? -1n : 1n;
  return Number(value / by + rest);
}

/** Whole units, rounded up: bytes of memory or storage, or a count. Undefined if the text is not a quantity. */
export function unitsRoundedUp(quantity: Quantity): number | undefined {
  const amount = parseQuantity(quantity);
  return amount && divideAwayFromZero(amount.nanos, NANOS_PER_UNIT);
}

/** Thousandths, rounded up: of a core. Undefined if the text is not a quantity. */
export function milliUnitsRoundedUp(quantity: Quantity): number | undefined {
  const amount = parseQuantity(quantity);
  return amount && divideAwayFromZero(amount.nanos, NANOS_PER_UNIT / 1000n);
}

/** True if it is a whole number of units. Extended resources (GPUs) cannot be divided. */
export function isWholeQuantity(quantity: Quantity): boolean {
  return (parseQuantity(quantity)?.nanos ?? 1n) % NANOS_PER_UNIT === 0n;
}

/** -1, 0 or 1, as the first is less than, equal to, or more than the second; other texts count as zero. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  const [left, right] = [parseQuantity(a)?.nanos ?? 0n, parseQuantity(b)?.nanos ?? 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The form in which Kubernetes prints it (`Quantity.String`): `1024Mi` is `1Gi`, `0.5` is `500m`. */
export function canonicalQuantity(quantity: Quantity): string | undefined {
  const amount = parseQuantity(quantity);
  return amount && printQuantity(amount);
}
