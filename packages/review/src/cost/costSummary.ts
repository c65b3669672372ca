// Monthly cost of a template's resources at list price, by resource and by Kubernetes object.

import { compareText } from '@i2kit/common';
import type { StackReview } from '../review.ts';
import { objectOf, type Resource, type Template } from '../template.ts';
import { metersByType } from './pricing.ts';

// What a template's resources cost a month at list price: an estimate, with what it leaves out.

export interface CostItem {
  readonly id: string;
  /** `3 × t3.micro`. */
  readonly what: string;
  /** US dollars a month of 730 hours. */
  readonly dollars: number;
}

export interface CostSummary {
  readonly items: readonly CostItem[];
  readonly total: number;
  /** What has a price that is not known here. */
  readonly unknown: readonly Omit<CostItem, 'dollars'>[];
}

/** Of a settled template; a meter says what one resource costs, `undefined` where it is free of charge. */
export function costSummaryOf(template: Template, region: string): CostSummary {
  const measured = Object.entries(template.Resources).flatMap(([id, resource]) =>
    meterReadings(resource, template, region).map((reading) => ({ id, ...reading })),
  );
  const items = measured.flatMap(({ id, what, dollars }) => (dollars === undefined ? [] : [{ id, what, dollars }]));
  return {
    items,
    total: items.reduce((sum, { dollars }) => sum + dollars, 0),
    unknown: measured.flatMap(({ id, what, dollars }) => (dollars === undefined ? [{ id, what }] : [])),
  };
}

/** Each once. */
export const unpricedItems = (...bills: readonly CostSummary[]): readonly string[] => [
  ...new Set(bills.flatMap(({ unknown }) => unknown.map(({ what }) => what))),
];

const meterReadings = (resource: Resource, template: Template, region: string) =>
  metersByType[resource.Type]?.(resource, template, region) ?? [];

// What a stack costs a month by the Kubernetes object that wants it, before and after.

export interface ObjectCostItem {
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
  readonly items: readonly ObjectCostItem[];
}

export interface StackCost {
  readonly stack: string;
  /** US dollars a month. */
  readonly before: number;
  readonly after: number;
  /** The dearest first. */
  readonly objects: readonly ObjectCost[];
}

/** Undefined without a region: prices are those of one. */
export function stackCostOf({ stack, bill, comparison }: StackReview): StackCost | undefined {
  if (!bill) return undefined;
  const [was, is] = [itemsByObject(bill.before, comparison.before), itemsByObject(bill.after, comparison.after)];
  const names = [...new Set([...was, ...is].map(({ object }) => object))];
  const objects = names.map((object) => {
    const own = is.filter((each) => each.object === object).map(({ object: _, ...cost }) => cost);
    return {
      object,
      before: totalOf(was.filter((each) => each.object === object)),
      after: totalOf(own),
      items: groupedItems(own),
    };
  });
  return {
    stack,
    before: bill.before.total,
    after: bill.after.total,
    objects: objects.sort((a, b) => b.after - a.after || compareText(a.object, b.object)),
  };
}

type CostSummaries = NonNullable<StackReview['bill']>;

const itemsByObject = (
  { items, unknown }: CostSummaries['after'],
  { Resources }: StackReview['comparison']['after'],
): readonly (ObjectCostItem & { readonly object: string })[] =>
  [...items, ...unknown].map(({ id, ...cost }) => ({ ...cost, object: objectOf(Resources[id]) ?? '' }));

const totalOf = (all: readonly ObjectCostItem[]): number => all.reduce((total, { dollars = 0 }) => total + dollars, 0);

/** The same of several resources, as the ordinals of a StatefulSet, is one line. */
function groupedItems(all: readonly ObjectCostItem[]): readonly ObjectCostItem[] {
  return [...new Set(all.map(({ what }) => what))].map((what) => {
    const own = all.filter((each) => each.what === what);
    const known = own.every(({ dollars }) => dollars !== undefined);
    return { what: own.length === 1 ? what : `${own.length} times ${what}`, ...(known && { dollars: totalOf(own) }) };
  });
}
