// Kubernetes' quantities (`500m`, `1.5Gi`, `2e3`) as plain numbers, read exactly and rounded up as Kubernetes rounds.
import type { Quantity } from '../../generated/kubernetes.ts';
import { parseQuantity, printQuantity } from '../defaults/quantity.ts';

const BILLION = 10n ** 9n;

/** Rounds away from zero, as `resource.Quantity` does. */
function divideUp(value: bigint, by: bigint): number {
  const rest = value % by === 0n ? 0n : value < 0n ? -1n : 1n;
  return Number(value / by + rest);
}

/** Whole units, rounded up: bytes of memory or storage, pieces. Undefined where the text is no quantity. */
export function units(quantity: Quantity): number | undefined {
  const amount = parseQuantity(quantity);
  return amount && divideUp(amount.nano, BILLION);
}

/** Thousandths, rounded up: of a core. Undefined where the text is no quantity. */
export function thousandths(quantity: Quantity): number | undefined {
  const amount = parseQuantity(quantity);
  return amount && divideUp(amount.nano, BILLION / 1000n);
}

/** True where it is a whole number of units. Extended resources (GPUs) cannot be divided. */
export function isWhole(quantity: Quantity): boolean {
  return (parseQuantity(quantity)?.nano ?? 1n) % BILLION === 0n;
}

/** -1, 0 or 1, as the first is less than, equal to, or more than the second; what is no quantity counts as zero. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  const [left, right] = [parseQuantity(a)?.nano ?? 0n, parseQuantity(b)?.nano ?? 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The form in which Kubernetes prints it (`Quantity.String`): `1024Mi` is `1Gi`, `0.5` is `500m`. */
export function canonicalQuantity(quantity: Quantity): string | undefined {
  const amount = parseQuantity(quantity);
  return amount && printQuantity(amount);
}
