// Reviews a change of a stack: its effects, costs and guards; all renderings are made from it.
import { type Comparison, compareTemplates, type TemplateInput } from './comparison.ts';
import { type CostSummary, costSummaryOf } from './cost/costSummary.ts';
import type { Effect } from './effects/effect.ts';
import { effectsOf } from './effects/index.ts';

/** Source location of an object; line and column from 1. */
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
  /** US dollars a month, before and after; absent without a region, as prices depend on it. */
  readonly cost?: { readonly before: CostSummary; readonly after: CostSummary };
  /** Number of volumes that exist before and after. */
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
      cost: { before: costSummaryOf(comparison.before, region), after: costSummaryOf(comparison.after, region) },
    }),
    keptVolumes: volumes(comparison.before).filter(([id]) => comparison.after.Resources[id] && !replaced.has(id))
      .length,
  };
}
