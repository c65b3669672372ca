// What stops a review becomes a review too: one that is blocked, and says why.

import type { Result } from './result.ts';
import type { Review } from './review.ts';
import { caught, type Run, type Steps } from './run.ts';

/** `caught` for a run that ends in a review. */
export async function* caughtBy(run: Run, steps: Steps<Review>): Steps<Review> {
  let made: Review | undefined;
  async function* inner(): Steps<Result> {
    made = yield* steps;
    return { outcome: 'succeeded', message: '', stackName: run.stackName };
  }
  const result = yield* caught(inner());
  return made ?? { kind: 'blocked', version: 1, stackName: run.stackName, result };
}
