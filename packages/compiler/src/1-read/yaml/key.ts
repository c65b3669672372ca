// The string that a mapping's key becomes, as sigs.k8s.io/yaml makes it in convertToJSONableObject.
import { isWhole, plainScalar } from './scalar.ts';

/**
 * The key of an unquoted scalar: `yes` is "true", `017` is "15", `1.50` is "1.5". `undefined`: it cannot be one
 * (null, or a whole number over 2^53).
 */
export function plainKey(text: string): string | undefined {
  const value = plainScalar(text);
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number' && !isWhole(text)) return floatKey(value);
  return String(value);
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32): single precision, and an exponent from 1e+06 and below 1e-04. */
export function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single < 0 ? '-.inf' : '.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  const [mantissa = '', exponent = '0'] = shortest(single).split('e');
  const power = Number(exponent);
  // From 1e-4 to 1e6 JavaScript writes no exponent either.
  if (power >= -4 && power < 6) return String(Number(`${mantissa}e${power}`));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The fewest digits that single precision reads back as the same number, as `d.ddde±n`. */
function shortest(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return single.toExponential();
}
