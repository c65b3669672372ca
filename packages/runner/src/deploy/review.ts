// A review: what would be done to a stack, bound to hashes and, where one can exist, to the ARN of a change set.

import type { RunEvent } from '../events/catalog.ts';
import type { StackResourceChange } from '../ports/cloudFormation.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import type { RunOptions } from '../run/run.ts';
import type { EndangeredResource } from '../stack/dataLossGuard.ts';
import { streamReview } from './reviewStack.ts';
import type { StackInput } from './stackInput.ts';

interface ReviewBase {
  readonly version: 1;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** SHA-256, hex; see `hash.ts`. */
  readonly templateHash: string;
  /** SHA-256, hex, of template, parameters, tags, capabilities and roles. */
  readonly inputHash: string;
}

/** A change set is there and can be executed. */
export interface ChangeSetReview extends ReviewBase {
  readonly kind: 'change-set';
  readonly type: 'CREATE' | 'UPDATE';
  readonly stackId: string;
  readonly changeSetId: string;
  readonly changes: readonly StackResourceChange[];
  /** What `execute` refuses unless it is named in `allowReplace`. */
  readonly endangered: readonly EndangeredResource[];
}

/** There is nothing to change. */
export interface UnchangedReview extends ReviewBase {
  readonly kind: 'unchanged';
  readonly stackId: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * No change set can exist yet: another stack must come first (`parameters`), or a stack whose creation failed must go
 * first (`remake`). `execute` then makes the change set itself, of an input with this very hash, and guards it the same.
 */
export interface DeferredReview extends ReviewBase {
  readonly kind: 'deferred';
  readonly because: 'parameters' | 'remake';
  readonly remake?: { readonly stackId: string; readonly status: string };
  readonly endangered: readonly EndangeredResource[];
}

/** An operation of the same input is under way: an earlier run of this command began it. */
export interface AttachReview extends ReviewBase {
  readonly kind: 'attach';
  readonly stackId: string;
  /** The operation's token. */
  readonly token: string;
  /** Where the endpoint says which change set was executed. */
  readonly changeSetId?: string;
  readonly status: string;
}

/** Nothing can be reviewed; the result says why. `execute` gives it back. */
export interface BlockedReview {
  readonly kind: 'blocked';
  readonly version: 1;
  readonly stackName: string;
  readonly result: Result;
}

/** Plain data: it may be written to a file and executed by another process. */
export type Review = ChangeSetReview | UnchangedReview | DeferredReview | AttachReview | BlockedReview;

export interface ReviewOptions extends RunOptions {
  /** Told each event as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Makes a change set for the stack, waits for it and gives what it would do. It writes nothing but that change set (and a
 * template over 51,200 bytes); a stack that did not exist is then in REVIEW_IN_PROGRESS. Never throws for what the outside
 * world does: that is a `blocked` review.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
export async function reviewStack(clients: Clients, input: StackInput, options: ReviewOptions = {}): Promise<Review> {
  const steps = streamReview(clients, input, options);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    options.onEvent?.(step.value);
  }
}
