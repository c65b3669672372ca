// The estimate in a sentence, with what it leaves out.
import { unknownIn } from '../cost/bill.ts';
import { asOf } from '../generated/prices.ts';
import type { StackReview } from '../review.ts';
import { delta } from '../verdict.ts';

export function money({ bill }: StackReview): string | undefined {
  if (!bill) return undefined;
  const unknown = unknownIn(bill.before, bill.after);
  const left = unknown.length > 0 ? `; without ${unknown.join(', ')}, whose prices are not known` : '';
  const change = delta(bill.after.total - bill.before.total);
  return `Estimate: $${bill.after.total.toFixed(2)} a month (${change}), list prices of ${asOf}, without traffic${left}`;
}
