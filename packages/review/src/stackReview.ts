// The result of a review, from which every rendering is made.
import type { Comparison } from './comparison.ts';
import type { CostSummary } from './cost/costSummary.ts';
import type { Effect } from './effects/effect.ts';

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
