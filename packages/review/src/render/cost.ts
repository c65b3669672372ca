// The monthly estimate, object by object: for people and for programs.
import type { Estimate } from '../cost/estimate.ts';
import { asOf } from '../generated/prices.ts';
import { delta } from '../verdict.ts';
import { brief } from '../words.ts';
import { harmless } from './harmless.ts';

export interface CostOptions {
  readonly region: string;
  /** True where there is something to compare with. */
  readonly compared: boolean;
}

export interface CostJson {
  readonly version: 1;
  readonly region: string;
  /** Day of the price list. */
  readonly asOf: string;
  readonly currency: 'USD';
  /** What is in no figure. */
  readonly without: readonly string[];
  readonly stacks: readonly Estimate[];
}

const without = ['traffic', 'requests', 'logs', 'taxes', 'discounts'];

export function costText(estimates: readonly Estimate[], { region, compared }: CostOptions): string {
  const row = (name: string, dollars: number | undefined, change?: number): string => {
    const price = dollars === undefined ? 'not known' : `$${dollars.toFixed(2)}`;
    return `${harmless(name).padEnd(52)} ${price.padStart(11)}${compared && change !== undefined ? `   ${delta(change)}` : ''}`.trimEnd();
  };
  const stacks = estimates.flatMap(({ stack, before, after, objects }) => [
    row(`${stack} in ${region}, a month`, after, after - before),
    ...objects.flatMap((each) => [
      row(`  ${brief(each.object) || stack}`, each.after, each.after - each.before),
      ...each.items.map(({ what, dollars }) => row(`    ${what}`, dollars)),
    ]),
  ]);
  return `${[...stacks, `An estimate, from list prices of ${asOf}; without ${without.slice(0, -1).join(', ')} and ${without[without.length - 1]}.`].join('\n')}\n`;
}

export function costJson(estimates: readonly Estimate[], { region }: CostOptions): CostJson {
  const cents = (dollars: number) => Math.round(dollars * 100) / 100;
  const stacks = estimates.map(({ stack, before, after, objects }) => ({
    stack,
    before: cents(before),
    after: cents(after),
    objects: objects.map((each) => ({
      ...each,
      before: cents(each.before),
      after: cents(each.after),
      items: each.items.map(({ what, dollars }) => ({ what, ...(dollars !== undefined && { dollars: cents(dollars) }) })),
    })),
  }));
  return { version: 1, region, asOf, currency: 'USD', without, stacks };
}
