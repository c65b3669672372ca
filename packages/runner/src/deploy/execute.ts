// The life of an execution, told in one place.
//
//   review ─► place asserted ─► by its kind
//                 change-set ─► checked, guarded ─► lease ─► sent once ─► watched ─► targets healthy ─► Result
//                 deferred   ─► failed stack deleted ─► reviewed for real ─► as a change-set
//                 attach     ─► watched          unchanged, blocked ─► Result

import type { RunEvent } from '../events/catalog.ts';
import { archiveRevision } from '../history/archive.ts';
import type { Revision } from '../history/revisions.ts';
import { markEventsSeen } from '../operation/eventLog.ts';
import { newOperation, type Operation } from '../operation/operation.ts';
import { watchOperation } from '../operation/watch.ts';
import { assertAccountRegion } from '../run/accountRegion.ts';
import type { Clients } from '../run/clients.ts';
import { type LeaseOptions, withLease } from '../run/lease.ts';
import type { Result } from '../run/result.ts';
import {
  type Run,
  type RunGenerator,
  type RunOptions,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  startRun,
} from '../run/run.ts';
import { backoffMs, pauseRun } from '../sdk/retry.ts';
import { cancelIfInterrupted } from './cancel.ts';
import { operationTokenOf } from './changeSet.ts';
import { deleteFailedStack } from './deleteFailedStack.ts';
import { executeChangeSet } from './executeChangeSet.ts';
import { waitUntilHealthy } from './health.ts';
import type { AttachReview, ChangeSetReview, DeferredReview, Review } from './review.ts';
import { reviewInRun } from './reviewStack.ts';
import type { StackInput } from './stackInput.ts';
import { inputHash } from './stackInput.ts';
import { verifyChangeSet } from './verifyChangeSet.ts';

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
export async function* execute(
  clients: Clients,
  review: Review,
  options: ExecuteOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, review.stackName, options, `i2kit apply ${review.stackName}`);
  async function* there(): RunGenerator<Result> {
    if (review.kind !== 'blocked') yield* assertAccountRegion(run, review);
    return yield* executeReview(run, review, options);
  }
  yield* runToResult(run, cancelIfInterrupted(run, there(), options.cancelOnInterrupt ?? false));
}

/** Review and execution in one: what `apply --yes` does, and what is safe to be run again wherever it was killed. */
export async function* deploy(
  clients: Clients,
  input: StackInput,
  options: ExecuteOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  async function* both(): RunGenerator<Result> {
    return yield* executeReview(run, yield* reviewInRun(run, input), { ...options, input });
  }
  yield* runToResult(run, cancelIfInterrupted(run, both(), options.cancelOnInterrupt ?? false));
}

async function* executeReview(run: Run, review: Review, options: ExecuteOptions): RunGenerator<Result> {
  if (review.kind === 'blocked') return review.result;
  if (options.input && inputHash(options.input) !== review.inputHash) {
    return refusalOf(
      run,
      'changed-input',
      'What was reviewed is not what would be executed: the input has changed since. Plan again.',
    );
  }
  switch (review.kind) {
    case 'unchanged':
      run.state.stackId = review.stackId;
      run.state.status = review.status;
      return yield* waitUntilHealthyIfRequested(
        run,
        resultOf(run, 'unchanged', `${review.stackName} is as it should be; there was nothing to do.`, {
          outputs: review.outputs,
        }),
        options,
      );
    case 'attach':
      return yield* attachToRunning(run, review, options);
    case 'deferred': {
      const { lease, ...rest } = options;
      return yield* withLease(run, lease, () => executeDeferred(run, review, rest));
    }
    case 'change-set':
      return yield* verifyAndExecute(run, review, options);
  }
}

async function* attachToRunning(run: Run, review: AttachReview, options: ExecuteOptions): RunGenerator<Result> {
  yield runEvent(run, 'I2K814', `An earlier run of the same input is under way (${review.status}); watching it.`, {
    token: review.token,
    status: review.status,
  });
  return yield* watchDeployment(
    run,
    newOperation('deploy', review.stackId, review.token, undefined, review.changeSetId),
    options,
  );
}

async function* executeDeferred(run: Run, review: DeferredReview, options: ExecuteOptions): RunGenerator<Result> {
  const { input } = options;
  if (!input)
    return refusalOf(run, 'changed-input', 'This review holds hashes alone: it needs the input that it was made of.');
  const gone = review.remake ? yield* deleteFailedStack(run, review, review.remake, options) : undefined;
  const now = yield* reviewInRun(run, { ...input, deferred: false });
  // Made anew by someone else while the failed one was deleted: that is no longer what was reviewed.
  const old = now.kind === 'deferred' && now.remake?.stackId === gone;
  const strange =
    gone &&
    now.kind !== 'blocked' &&
    !old &&
    !(now.kind === 'change-set' && now.type === 'CREATE' && now.stackId !== gone);
  if (strange) return refusalOf(run, 'obsolete', `${run.stackName} was made by another run meanwhile. Plan again.`);
  if (now.kind === 'deferred') {
    await pauseRun(run, backoffMs(0, run.clients.random));
    return yield* executeDeferred(run, now, options);
  }
  return yield* executeReview(run, now, options);
}

async function* verifyAndExecute(run: Run, review: ChangeSetReview, options: ExecuteOptions): RunGenerator<Result> {
  run.state.stackId = review.stackId;
  run.state.changeSetId = review.changeSetId;
  const check = yield* verifyChangeSet(run, review, options);
  const op = newOperation(
    'deploy',
    review.stackId,
    operationTokenOf(review.changeSetId),
    check.status,
    review.changeSetId,
  );
  if (check.alreadyExecuted) {
    yield runEvent(run, 'I2K814', 'This change set is being executed already; watching it.', { token: op.token });
    return yield* watchDeployment(run, op, options);
  }
  return yield* withLease(run, options.lease, async function* () {
    yield* archiveRevision(run, review, check, options.variables);
    yield* markEventsSeen(run, op.log);
    yield* executeChangeSet(run, review, options);
    return yield* watchDeployment(run, op, options);
  });
}

async function* watchDeployment(run: Run, op: Operation, options: ExecuteOptions): RunGenerator<Result> {
  run.state.begun = 'yes';
  if (options.detach)
    return resultOf(run, 'detached', `${run.stackName} goes on in AWS; watch it with: ${run.command}`);
  return yield* waitUntilHealthyIfRequested(run, yield* watchOperation(run, op), options);
}

async function* waitUntilHealthyIfRequested(run: Run, result: Result, options: ExecuteOptions): RunGenerator<Result> {
  const fine = result.outcome === 'succeeded' || result.outcome === 'unchanged';
  if (!fine || !options.waitForTargets) return result;
  return yield* waitUntilHealthy(run, result);
}
