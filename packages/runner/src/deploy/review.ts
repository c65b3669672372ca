// A review: the changes to a stack, bound to hashes and, if one can exist, to the ARN of a change set.

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
  /** SHA-256, hex; see `stackInput.ts`. */
  readonly templateHash: string;
  /** SHA-256, hex, of template, parameters, tags, capabilities and roles. */
  readonly inputHash: string;
}

/** A change set exists and can be executed. */
export interface ChangeSetReview extends ReviewBase {
  readonly kind: 'change-set';
  readonly type: 'CREATE' | 'UPDATE';
  readonly stackId: string;
  readonly changeSetId: string;
  readonly changes: readonly StackResourceChange[];
  /** Resources that `execute` refuses to endanger unless `allowReplace` names them. */
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
 * No change set can exist yet: another stack must be deployed first (`parameters`), or a stack whose creation failed
 * must be deleted first (`remake`). `execute` then creates the change set itself, from an input with this hash, and
 * applies the same guards.
 */
export interface DeferredReview extends ReviewBase {
  readonly kind: 'deferred';
  readonly because: 'parameters' | 'remake';
  readonly remake?: { readonly stackId: string; readonly status: string };
  readonly endangered: readonly EndangeredResource[];
}

/** An operation of the same input is in progress: an earlier run of this command started it. */
export interface AttachReview extends ReviewBase {
  readonly kind: 'attach';
  readonly stackId: string;
  /** The operation's token. */
  readonly token: string;
  /** Set if the endpoint reports the executed change set. */
  readonly changeSetId?: string;
  readonly status: string;
}

/** Nothing can be reviewed; the result says why, and `execute` returns it. */
export interface BlockedReview {
  readonly kind: 'blocked';
  readonly version: 1;
  readonly stackName: string;
  readonly result: Result;
}

/** Plain data: it may be written to a file and executed by another process. */
export type Review = ChangeSetReview | UnchangedReview | DeferredReview | AttachReview | BlockedReview;

export interface ReviewOptions extends RunOptions {
  /** Called with each event as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Creates a change set for the stack, waits for it and returns the changes. Writes only that change set (and a
 * template over 51,200 bytes); a stack that did not exist is then in REVIEW_IN_PROGRESS. Errors of the outside world
 * are not thrown: they become a `blocked` review.
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
