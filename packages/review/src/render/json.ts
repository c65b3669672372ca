// Renders a review as JSON; `schema/review.schema.json` of the command line publishes its shape, which stays
// compatible within a version.

import type { Json } from '@i2kit/common';
import { pricesAsOf } from '@i2kit/common';
import { unpricedItems } from '../cost/costSummary.ts';
import type { Effect } from '../effects/effect.ts';
import type { SourceLocation, StackReview } from '../stackReview.ts';
import { verdict } from '../verdict.ts';

export interface ReviewJson {
  readonly version: 1;
  readonly stacks: readonly StackJson[];
}

interface StackJson {
  readonly stack: string;
  readonly verdict: string;
  /** True if the stack does not exist yet. */
  readonly fresh: boolean;
  readonly effects: readonly EffectJson[];
  /** US dollars a month. */
  readonly cost?: {
    readonly before: number;
    readonly after: number;
    readonly asOf: string;
    readonly unknown: readonly string[];
  };
}

type EffectJson = Omit<Effect, 'changes'> & {
  readonly place?: SourceLocation;
  readonly changes: readonly ChangeJson[];
};

interface ChangeJson {
  readonly id: string;
  readonly path: readonly string[];
  readonly before?: Json;
  readonly after?: Json;
  readonly replacement: string;
  readonly because?: string;
}

export const reviewJson = (reviews: readonly StackReview[]): ReviewJson => ({
  version: 1,
  stacks: reviews.map(stackJsonOf),
});

function stackJsonOf(review: StackReview): StackJson {
  const { stack, effects, comparison, cost, places } = review;
  const cents = (dollars: number) => Math.round(dollars * 100) / 100;
  return {
    stack,
    verdict: verdict(review),
    fresh: comparison.fresh,
    effects: effects.map((effect) => ({
      ...effect,
      ...(places[effect.object] && { place: places[effect.object] as SourceLocation }),
    })),
    ...(cost && {
      cost: {
        before: cents(cost.before.total),
        after: cents(cost.after.total),
        asOf: pricesAsOf,
        unknown: unpricedItems(cost.before, cost.after),
      },
    }),
  };
}
