// A review: what a change does, what it comes to, and what stands against it; the form that every output is drawn from.
import { type Comparison, compare, type Side } from './comparison.ts';
import { type Bill, billOf } from './cost/bill.ts';
import type { Effect } from './effects/effect.ts';
import { effects } from './effects/index.ts';

/** Where an object stands in the input; line and column from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export interface StackReview {
  readonly stack: string;
  readonly comparison: Comparison;
  readonly effects: readonly Effect[];
  /** By object: `Deployment/default/web`. */
  readonly places: Readonly<Record<string, Place>>;
  /** US dollars a month, before and after; without a region, there are no prices. */
  readonly bill?: { readonly before: Bill; readonly after: Bill };
  /** Disks that are there before and after. */
  readonly keptVolumes: number;
}

export interface StackChange {
  readonly stack: string;
  readonly before: Side;
  readonly after: Side;
  readonly places?: Readonly<Record<string, Place>>;
}

export function review({ stack, before, after, places = {} }: StackChange): StackReview {
  const comparison = compare(before, after);
  const region = after.known?.region;
  const volumes = (side: Comparison['before']) => Object.entries(side.Resources).filter(([, { Type }]) => Type === 'AWS::EC2::Volume');
  const replaced = new Set([...comparison.changes.values()].filter(({ replacement }) => replacement === 'will').map(({ id }) => id));
  return {
    stack,
    comparison,
    effects: effects(comparison),
    places,
    ...(region !== undefined && { bill: { before: billOf(comparison.before, region), after: billOf(comparison.after, region) } }),
    keptVolumes: volumes(comparison.before).filter(([id]) => comparison.after.Resources[id] && !replaced.has(id)).length,
  };
}
