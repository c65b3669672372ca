// Kubernetes' quantities (1500m, 2Gi, 1e3), exact to its limit of one billionth, for the few defaults that add or round them.

/** How many billionths it is, and in which of the three notations it is written. */
export interface Amount {
  readonly nano: bigint;
  readonly notation: 'decimal' | 'binary' | 'exponent';
}

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const QUANTITY = /^([+-]?)(\d*)\.?(\d*)(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/;
const MAX_INT64 = 2n ** 63n - 1n;
const UNIT = 10n ** 9n;

/** resource.ParseQuantity; undefined for what is no quantity. */
export function parseQuantity(text: unknown): Amount | undefined {
  const match = QUANTITY.exec(String(text).trim());
  if (!match || (typeof text !== 'string' && typeof text !== 'number')) return undefined;
  const [, sign, whole = '', part = '', binary, decimal, exponent] = match;
  if (whole + part === '' || Math.abs(Number(exponent ?? 0)) > 100) return undefined;
  const factor = binary ? 1024n ** BigInt(BINARY.indexOf(binary)) : 1n;
  const tens = decimal ? 3 * (DECIMAL.indexOf(decimal) - 3) : Number(exponent ?? 0);
  const shift = 9 + tens - part.length;
  const digits = BigInt(whole + part) * factor;
  let nano = shift >= 0 ? digits * 10n ** BigInt(shift) : up(digits, 10n ** BigInt(-shift));
  if (binary && nano > MAX_INT64 * UNIT) nano = MAX_INT64 * UNIT;
  const small = nano > 0n && nano < UNIT;
  return { nano: sign === '-' ? -nano : nano, notation: exponent ? 'exponent' : binary && !small ? 'binary' : 'decimal' };
}

/** Quantity.String: the canonical form, with the largest suffix that leaves no fraction. */
export function printQuantity({ nano, notation }: Amount): string {
  if (nano === 0n) return '0';
  const size = nano < 0n ? -nano : nano;
  // A binary notation has no fractions, and begins at 1Ki.
  if (notation === 'binary' && size >= 1024n * UNIT && nano % UNIT === 0n) {
    const [number, steps] = divide(nano / UNIT, 1024n, BINARY.length - 1);
    return `${number}${BINARY[steps]}`;
  }
  const [number, steps] = divide(nano, 1000n, notation === 'exponent' ? 100 : DECIMAL.length - 1);
  if (notation !== 'exponent') return `${number}${DECIMAL[steps]}`;
  return steps === 3 ? `${number}` : `${number}e${3 * steps - 9}`;
}

/** Quantity.Add: zero takes on the notation of what is added to it. */
export const addQuantities = (a: Amount, b: Amount): Amount => ({
  nano: a.nano + b.nano,
  notation: a.nano === 0n ? b.notation : a.notation,
});

/** Quantity.RoundUp to thousandths: away from zero, so that whoever asks for something gets something. */
export function roundToMilli({ nano, notation }: Amount): Amount {
  const size = up(nano < 0n ? -nano : nano, 1_000_000n) * 1_000_000n;
  return { nano: nano < 0n ? -size : size, notation };
}

const up = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

/** Takes out a factor for as long as it divides, and says how often that was. */
function divide(value: bigint, by: bigint, most: number): [rest: bigint, times: number] {
  let rest = value;
  let times = 0;
  while (times < most && rest % by === 0n) {
    rest /= by;
    times++;
  }
  return [rest, times];
}
