// Executes a review: the whole sequence in one place.
//
//   review ─► account and region verified ─► by kind
//                 change-set ─► verified, guarded ─► lease ─► executed once ─► watched ─► targets healthy ─► Result
//                 deferred   ─► failed stack deleted ─► reviewed again ─► as a change-set
//                 attach     ─► watched          unchanged, blocked ─► Result

import { backoffMs } from '@i2kit/aws';
import type { RunEvent } from '../events/catalog.ts';
import { archiveRevision } from '../history/archive.ts';
import type { Revision } from '../history/revisions.ts';
import { markEventsSeen } from '../operation/eventLog.ts';
import { newOperation, type Operation } from '../operation/operation.ts';
import { watchOperation } from '../operation/watch.ts';
import { assertAccountRegion } from '../run/accountRegion.ts';
import { pauseRun } from '../run/calls.ts';
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
  /** The current input; required for a `deferred` review. If given, it must have the review's hash. */
  readonly input?: StackInput;
  /** Logical ids whose data or address may be lost. */
  readonly allowReplace?: readonly string[];
  /** Return as soon as CloudFormation has accepted the change set; exit code 0. */
  readonly detach?: boolean;
  /** The first Ctrl-C cancels an update in progress and waits for its rollback, instead of leaving it running. */
  readonly cancelOnInterrupt?: boolean;
  /** Keep a failed stack as it is, for inspection. */
  readonly disableRollback?: boolean;
  /** Afterwards, wait until the stack's machines are in service and the targets of its load balancers healthy. */
  readonly waitForTargets?: boolean;
  /**
   * The app's service variables by namespace, archived with the template for a later rollback. The caller writes them
   * to AWS.
   */
  readonly variables?: Revision['variables'];
  /** Hold a lease in the bucket (if there is one) during the run, so that a second run stops early. */
  readonly lease?: LeaseOptions;
}

/**
 * Executes exactly the reviewed change and waits for it. The stream ends in one event whose data is the `Result`;
 * errors of the outside world are never thrown. A consumer may stop at any event, as if killed: the next run takes
 * over.
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

/** Reviews and executes, as `apply --yes` does. Safe to run again wherever it was killed. */
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
    return refusalOf(run, 'changed-input', 'The input has changed since the review. Plan again.');
  }
  switch (review.kind) {
    case 'unchanged':
      run.state.stackId = review.stackId;
      run.state.status = review.status;
      return yield* waitUntilHealthyIfRequested(
        run,
        resultOf(run, 'unchanged', `${review.stackName} is up to date; there was nothing to do.`, {
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
  yield runEvent(run, 'I2K814', `An earlier run of the same input is in progress (${review.status}); watching it.`, {
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
    return refusalOf(
      run,
      'changed-input',
      'This review holds only hashes: executing it needs the input that it was made from.',
    );
  const gone = review.remake ? yield* deleteFailedStack(run, review, review.remake, options) : undefined;
  const now = yield* reviewInRun(run, { ...input, deferred: false });
  // Someone else recreated the stack while the failed one was deleted, so it is no longer the reviewed one.
  const old = now.kind === 'deferred' && now.remake?.stackId === gone;
  const strange =
    gone &&
    now.kind !== 'blocked' &&
    !old &&
    !(now.kind === 'change-set' && now.type === 'CREATE' && now.stackId !== gone);
  if (strange) return refusalOf(run, 'obsolete', `${run.stackName} was created by another run meanwhile. Plan again.`);
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
    yield runEvent(run, 'I2K814', 'This change set is already being executed; watching it.', { token: op.token });
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
    return resultOf(run, 'detached', `${run.stackName} continues in AWS; watch it with: ${run.command}`);
  return yield* waitUntilHealthyIfRequested(run, yield* watchOperation(run, op), options);
}

async function* waitUntilHealthyIfRequested(run: Run, result: Result, options: ExecuteOptions): RunGenerator<Result> {
  const fine = result.outcome === 'succeeded' || result.outcome === 'unchanged';
  if (!fine || !options.waitForTargets) return result;
  return yield* waitUntilHealthy(run, result);
}
