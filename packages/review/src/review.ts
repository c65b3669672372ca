// A review: what a change does, what it comes to, and what stands against it; the form that every output is drawn from.
import { type Comparison, compareTemplates, type TemplateInput } from './comparison.ts';
import { type CostSummary, costSummaryOf } from './cost/costSummary.ts';
import type { Effect } from './effects/effect.ts';
import { effectsOf } from './effects/index.ts';

/** Where an object stands in the input; line and column from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export interface StackReview {
  readonly stack: string;
  readonly comparison: Comparison;
  readonly effects: readonly Effect[];
  /** By object: `Deployment/default/web`. */
  readonly places: Readonly<Record<string, SourceLocation>>;
  /** US dollars a month, before and after; without a region, there are no prices. */
  readonly bill?: { readonly before: CostSummary; readonly after: CostSummary };
  /** Disks that are there before and after. */
  readonly keptVolumes: number;
}

export interface StackChange {
  readonly stack: string;
  readonly before: TemplateInput;
  readonly after: TemplateInput;
  readonly places?: Readonly<Record<string, SourceLocation>>;
}

export function reviewStack({ stack, before, after, places = {} }: StackChange): StackReview {
  const comparison = compareTemplates(before, after);
  const region = after.known?.region;
  const volumes = (side: Comparison['before']) =>
    Object.entries(side.Resources).filter(([, { Type }]) => Type === 'AWS::EC2::Volume');
  const replaced = new Set(
    [...comparison.changes.values()].filter(({ replacement }) => replacement === 'will').map(({ id }) => id),
  );
  return {
    stack,
    comparison,
    effects: effectsOf(comparison),
    places,
    ...(region !== undefined && {
      bill: { before: costSummaryOf(comparison.before, region), after: costSummaryOf(comparison.after, region) },
    }),
    keptVolumes: volumes(comparison.before).filter(([id]) => comparison.after.Resources[id] && !replaced.has(id))
      .length,
  };
}
