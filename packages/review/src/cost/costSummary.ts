// Monthly cost of a template's resources at list price, by resource and by Kubernetes object.

import { compareText } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import { objectOf, type Resource, type Template } from '../template.ts';
import { metersByType } from './pricing.ts';

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
  /** Resources without a known price. */
  readonly unknown: readonly Omit<CostItem, 'dollars'>[];
}

/** Expects a resolved template. */
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

/** Each item once. */
export const unpricedItems = (...summaries: readonly CostSummary[]): readonly string[] => [
  ...new Set(summaries.flatMap(({ unknown }) => unknown.map(({ what }) => what))),
];

const meterReadings = (resource: Resource, template: Template, region: string) =>
  metersByType[resource.Type]?.(resource, template, region) ?? [];

export interface ObjectCostItem {
  /** `3 × t3.micro`. */
  readonly what: string;
  /** US dollars a month; absent if the price is unknown. */
  readonly dollars?: number;
}

export interface ObjectCost {
  /** `Deployment/default/web`; empty for resources of the stack itself. */
  readonly object: string;
  readonly before: number;
  readonly after: number;
  /** The items after the change. */
  readonly items: readonly ObjectCostItem[];
}

export interface StackCost {
  readonly stack: string;
  /** US dollars a month. */
  readonly before: number;
  readonly after: number;
  /** The most expensive first. */
  readonly objects: readonly ObjectCost[];
}

/** The part of a review that the cost of a stack is computed from. */
export interface PricedStack {
  readonly stack: string;
  readonly cost?: { readonly before: CostSummary; readonly after: CostSummary };
  readonly comparison: Comparison;
}

/** Undefined without a region: prices depend on it. */
export function stackCostOf({ stack, cost, comparison }: PricedStack): StackCost | undefined {
  if (!cost) return undefined;
  const [itemsBefore, itemsAfter] = [
    itemsByObject(cost.before, comparison.before),
    itemsByObject(cost.after, comparison.after),
  ];
  const names = [...new Set([...itemsBefore, ...itemsAfter].map(({ object }) => object))];
  const objects = names.map((object) => {
    const own = itemsAfter.filter((each) => each.object === object).map(({ object: _, ...cost }) => cost);
    return {
      object,
      before: totalOf(itemsBefore.filter((each) => each.object === object)),
      after: totalOf(own),
      items: groupedItems(own),
    };
  });
  return {
    stack,
    before: cost.before.total,
    after: cost.after.total,
    objects: objects.sort((a, b) => b.after - a.after || compareText(a.object, b.object)),
  };
}

const itemsByObject = (
  { items, unknown }: CostSummary,
  { Resources }: Template,
): readonly (ObjectCostItem & { readonly object: string })[] =>
  [...items, ...unknown].map(({ id, ...cost }) => ({ ...cost, object: objectOf(Resources[id]) ?? '' }));

const totalOf = (all: readonly ObjectCostItem[]): number => all.reduce((total, { dollars = 0 }) => total + dollars, 0);

/** Identical items, as of the ordinals of a StatefulSet, become one line. */
function groupedItems(all: readonly ObjectCostItem[]): readonly ObjectCostItem[] {
  return [...new Set(all.map(({ what }) => what))].map((what) => {
    const own = all.filter((each) => each.what === what);
    const known = own.every(({ dollars }) => dollars !== undefined);
    return { what: own.length === 1 ? what : `${own.length} times ${what}`, ...(known && { dollars: totalOf(own) }) };
  });
}
