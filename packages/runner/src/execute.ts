// The life of an execution, told in one place.
//
//   review ─► place asserted ─► by its kind
//                 change-set ─► checked, guarded ─► lease ─► sent once ─► watched ─► targets healthy ─► Result
//                 deferred   ─► failed stack deleted ─► reviewed for real ─► as a change-set
//                 attach     ─► watched          unchanged, blocked ─► Result

import { backoff, pause } from './call.ts';
import { interrupted } from './cancel.ts';
import { tokenOf } from './changeset.ts';
import { checked } from './check.ts';
import type { Clients } from './clients.ts';
import { markEvents } from './eventlog.ts';
import type { RunEvent } from './events/catalog.ts';
import { inputHash } from './hash.ts';
import { healthy } from './health.ts';
import { keep } from './history/keep.ts';
import type { Revision } from './history/revisions.ts';
import { assertPlace } from './identity.ts';
import type { StackInput } from './input.ts';
import { type LeaseOptions, underLease } from './lease.ts';
import { type Operation, operation } from './operation.ts';
import { remade } from './remake.ts';
import type { Result } from './result.ts';
import type { AttachReview, ChangeSetReview, DeferredReview, Review } from './review.ts';
import { reviewIn } from './reviewing.ts';
import { begin, conclude, ending, type Run, type RunOptions, refuse, type Steps, say } from './run.ts';
import { send } from './send.ts';
import { watch } from './watch.ts';

export interface ExecuteOptions extends RunOptions {
  /** What is asked for now; required for a `deferred` review. Where it is given it must have the review's hash. */
  readonly input?: StackInput;
  /** Logical ids whose data or address may go. */
  readonly allowReplace?: readonly string[];
  /** Leave as soon as CloudFormation has taken the change set; exit code 0. */
  readonly detach?: boolean;
  /** The first Ctrl-C cancels an update under way and waits for its rollback, instead of leaving it to itself. */
  readonly cancelOnInterrupt?: boolean;
  /** Leave a failed stack as it is, to be looked at. */
  readonly disableRollback?: boolean;
  /** Afterwards, wait until the stack's machines are in service and the targets of its load balancers healthy. */
  readonly waitForTargets?: boolean;
  /** The app's service variables by namespace, kept beside the template so that both can be gone back to. The caller writes them. */
  readonly variables?: Revision['variables'];
  /** Hold a lease in the bucket meanwhile, where there is one: it keeps two runs from even trying. */
  readonly lease?: LeaseOptions;
}

/**
 * Executes exactly what was reviewed and waits for it. The stream ends in one event whose data is the `Result`; it
 * never throws for what the outside world does. To stop consuming it is to be killed: the next run takes over.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html
 */
export async function* execute(clients: Clients, review: Review, options: ExecuteOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, review.stackName, options, `i2kit apply ${review.stackName}`);
  async function* there(): Steps<Result> {
    if (review.kind !== 'blocked') yield* assertPlace(run, review);
    return yield* executed(run, review, options);
  }
  yield* ending(run, interrupted(run, there(), options.cancelOnInterrupt ?? false));
}

/** Review and execution in one: what `apply --yes` does, and what is safe to be run again wherever it was killed. */
export async function* deploy(clients: Clients, input: StackInput, options: ExecuteOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  async function* both(): Steps<Result> {
    return yield* executed(run, yield* reviewIn(run, input), { ...options, input });
  }
  yield* ending(run, interrupted(run, both(), options.cancelOnInterrupt ?? false));
}

async function* executed(run: Run, review: Review, options: ExecuteOptions): Steps<Result> {
  if (review.kind === 'blocked') return review.result;
  if (options.input && inputHash(options.input) !== review.inputHash) {
    return refuse(run, 'changed-input', 'What was reviewed is not what would be executed: the input has changed since. Plan again.');
  }
  switch (review.kind) {
    case 'unchanged':
      run.seen.stackId = review.stackId;
      run.seen.status = review.status;
      return yield* healthyAfter(
        run,
        conclude(run, 'unchanged', `${review.stackName} is as it should be; there was nothing to do.`, { outputs: review.outputs }),
        options,
      );
    case 'attach':
      return yield* attached(run, review, options);
    case 'deferred': {
      const { lease, ...rest } = options;
      return yield* underLease(run, lease, () => deferred(run, review, rest));
    }
    case 'change-set':
      return yield* changed(run, review, options);
  }
}

async function* attached(run: Run, review: AttachReview, options: ExecuteOptions): Steps<Result> {
  yield say(run, 'I2K814', `An earlier run of the same input is under way (${review.status}); watching it.`, {
    token: review.token,
    status: review.status,
  });
  return yield* watchDeploy(run, operation('deploy', review.stackId, review.token, undefined, review.changeSetId), options);
}

async function* deferred(run: Run, review: DeferredReview, options: ExecuteOptions): Steps<Result> {
  const { input } = options;
  if (!input) return refuse(run, 'changed-input', 'This review holds hashes alone: it needs the input that it was made of.');
  const gone = review.remake ? yield* remade(run, review, review.remake, options) : undefined;
  const now = yield* reviewIn(run, { ...input, deferred: false });
  // Made anew by someone else while the failed one was deleted: that is no longer what was reviewed.
  const old = now.kind === 'deferred' && now.remake?.stackId === gone;
  const strange = gone && now.kind !== 'blocked' && !old && !(now.kind === 'change-set' && now.type === 'CREATE' && now.stackId !== gone);
  if (strange) return refuse(run, 'obsolete', `${run.stackName} was made by another run meanwhile. Plan again.`);
  if (now.kind === 'deferred') {
    await pause(run, backoff(0, run.clients.random));
    return yield* deferred(run, now, options);
  }
  return yield* executed(run, now, options);
}

async function* changed(run: Run, review: ChangeSetReview, options: ExecuteOptions): Steps<Result> {
  run.seen.stackId = review.stackId;
  run.seen.changeSetId = review.changeSetId;
  const check = yield* checked(run, review, options);
  const op = operation('deploy', review.stackId, tokenOf(review.changeSetId), check.status, review.changeSetId);
  if (check.executed) {
    yield say(run, 'I2K814', 'This change set is being executed already; watching it.', { token: op.token });
    return yield* watchDeploy(run, op, options);
  }
  return yield* underLease(run, options.lease, async function* () {
    yield* keep(run, review, check, options.variables);
    yield* markEvents(run, op.log);
    yield* send(run, review, options);
    return yield* watchDeploy(run, op, options);
  });
}

async function* watchDeploy(run: Run, op: Operation, options: ExecuteOptions): Steps<Result> {
  run.seen.begun = 'yes';
  if (options.detach) return conclude(run, 'detached', `${run.stackName} goes on in AWS; watch it with: ${run.command}`);
  return yield* healthyAfter(run, yield* watch(run, op), options);
}

async function* healthyAfter(run: Run, result: Result, options: ExecuteOptions): Steps<Result> {
  const fine = result.outcome === 'succeeded' || result.outcome === 'unchanged';
  if (!fine || !options.waitForTargets) return result;
  return yield* healthy(run, result);
}
