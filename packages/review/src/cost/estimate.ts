// What a stack costs a month by the Kubernetes object that wants it, before and after.
import type { StackReview } from '../review.ts';
import { objectOf } from '../template.ts';

export interface Cost {
  /** `3 × t3.micro`. */
  readonly what: string;
  /** US dollars a month; absent where the price is not known here. */
  readonly dollars?: number;
}

export interface ObjectCost {
  /** `Deployment/default/web`; empty for what the stack itself has. */
  readonly object: string;
  readonly before: number;
  readonly after: number;
  /** What there is afterwards. */
  readonly items: readonly Cost[];
}

export interface Estimate {
  readonly stack: string;
  /** US dollars a month. */
  readonly before: number;
  readonly after: number;
  /** The dearest first. */
  readonly objects: readonly ObjectCost[];
}

/** Undefined without a region: prices are those of one. */
export function estimateOf({ stack, bill, comparison }: StackReview): Estimate | undefined {
  if (!bill) return undefined;
  const [was, is] = [costs(bill.before, comparison.before), costs(bill.after, comparison.after)];
  const names = [...new Set([...was, ...is].map(({ object }) => object))];
  const objects = names.map((object) => {
    const own = is.filter((each) => each.object === object).map(({ object: _, ...cost }) => cost);
    return { object, before: sum(was.filter((each) => each.object === object)), after: sum(own), items: merged(own) };
  });
  return {
    stack,
    before: bill.before.total,
    after: bill.after.total,
    objects: objects.sort((a, b) => b.after - a.after || (a.object < b.object ? -1 : 1)),
  };
}

type Bills = NonNullable<StackReview['bill']>;

const costs = (
  { items, unknown }: Bills['after'],
  { Resources }: StackReview['comparison']['after'],
): readonly (Cost & { readonly object: string })[] =>
  [...items, ...unknown].map(({ id, ...cost }) => ({ ...cost, object: objectOf(Resources[id]) ?? '' }));

const sum = (all: readonly Cost[]): number => all.reduce((total, { dollars = 0 }) => total + dollars, 0);

/** The same of several resources, as the ordinals of a StatefulSet, is one line. */
function merged(all: readonly Cost[]): readonly Cost[] {
  return [...new Set(all.map(({ what }) => what))].map((what) => {
    const own = all.filter((each) => each.what === what);
    const known = own.every(({ dollars }) => dollars !== undefined);
    return { what: own.length === 1 ? what : `${own.length} times ${what}`, ...(known && { dollars: sum(own) }) };
  });
}
