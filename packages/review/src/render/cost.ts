// The monthly estimate as a sentence, as a table and as JSON.

import { escapeInvisible, pricesAsOf } from '@i2kit/common';
import { type StackCost, unpricedItems } from '../cost/costSummary.ts';
import { shortObjectName } from '../phrases.ts';
import type { StackReview } from '../stackReview.ts';
import { costDelta } from '../verdict.ts';

export interface CostOptions {
  readonly region: string;
  /** True if there is a base to compare with. */
  readonly compared: boolean;
}

export interface CostJson {
  readonly version: 1;
  readonly region: string;
  /** Date of the price list. */
  readonly asOf: string;
  readonly currency: 'USD';
  /** Costs that no figure contains. */
  readonly without: readonly string[];
  readonly stacks: readonly StackCost[];
}

const excludedCosts = ['traffic', 'requests', 'logs', 'taxes', 'discounts'];

export function costText(estimates: readonly StackCost[], { region, compared }: CostOptions): string {
  const row = (name: string, dollars: number | undefined, change?: number): string => {
    const price = dollars === undefined ? 'not known' : `$${dollars.toFixed(2)}`;
    return `${escapeInvisible(name).padEnd(52)} ${price.padStart(11)}${compared && change !== undefined ? `   ${costDelta(change)}` : ''}`.trimEnd();
  };
  const stacks = estimates.flatMap(({ stack, before, after, objects }) => [
    row(`${stack} in ${region}, a month`, after, after - before),
    ...objects.flatMap((each) => [
      row(`  ${shortObjectName(each.object) || stack}`, each.after, each.after - each.before),
      ...each.items.map(({ what, dollars }) => row(`    ${what}`, dollars)),
    ]),
  ]);
  return `${[...stacks, `An estimate, from list prices of ${pricesAsOf}; without ${excludedCosts.slice(0, -1).join(', ')} and ${excludedCosts[excludedCosts.length - 1]}.`].join('\n')}\n`;
}

export function costJson(estimates: readonly StackCost[], { region }: CostOptions): CostJson {
  const cents = (dollars: number) => Math.round(dollars * 100) / 100;
  const stacks = estimates.map(({ stack, before, after, objects }) => ({
    stack,
    before: cents(before),
    after: cents(after),
    objects: objects.map((each) => ({
      ...each,
      before: cents(each.before),
      after: cents(each.after),
      items: each.items.map(({ what, dollars }) => ({
        what,
        ...(dollars !== undefined && { dollars: cents(dollars) }),
      })),
    })),
  }));
  return { version: 1, region, asOf: pricesAsOf, currency: 'USD', without: excludedCosts, stacks };
}

/** The estimate as a sentence, with the costs that it excludes. */
export function costSentence({ cost }: StackReview): string | undefined {
  if (!cost) return undefined;
  const unknown = unpricedItems(cost.before, cost.after);
  const left = unknown.length > 0 ? `; without ${unknown.join(', ')}, whose prices are unknown` : '';
  const change = costDelta(cost.after.total - cost.before.total);
  return `Estimate: $${cost.after.total.toFixed(2)} a month (${change}), list prices of ${pricesAsOf}, without traffic${left}`;
}
