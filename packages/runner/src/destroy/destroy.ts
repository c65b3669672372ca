// Deletes a reviewed stack, by its ARN, and waits for the end of the deletion.

import { nonce } from '../deploy/changeSet.ts';
import type { RunEvent } from '../events/catalog.ts';
import { markEventsSeen } from '../operation/eventLog.ts';
import { blockingResourcesText, recoveryHint } from '../operation/failure.ts';
import { newOperation } from '../operation/operation.ts';
import { watchOperation } from '../operation/watch.ts';
import { assertAccountRegion } from '../run/accountRegion.ts';
import { callAtMostOnce, callFailure, isStateConflict, reportAndBackOff } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import { type LeaseOptions, withLease } from '../run/lease.ts';
import type { Result } from '../run/result.ts';
import {
  type Run,
  type RunGenerator,
  type RunOptions,
  RunStopped,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  startRun,
} from '../run/run.ts';
import { describeStack, type StackState } from '../stack/describe.ts';
import { listBlockingResources } from '../stack/resources.ts';
import { readinessOf } from '../stack/status.ts';
import type { DestroyReview } from './review.ts';

export interface DestroyOptions extends RunOptions {
  /** Logical ids to keep in the account; CloudFormation allows this only in DELETE_FAILED. */
  readonly retain?: readonly string[];
  readonly detach?: boolean;
  /** As in `execute`. */
  readonly lease?: LeaseOptions;
}

/**
 * Deletes the reviewed stack, by its ARN, and waits. A stack that no longer exists is a success; a deletion in
 * progress is watched.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 */
export async function* destroy(
  clients: Clients,
  review: DestroyReview,
  options: DestroyOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, review.stackName, options, `i2kit destroy ${review.stackName}`);
  yield* runToResult(run, executeDestroyReview(run, review, options));
}

type PresentStackReview = Extract<DestroyReview, { kind: 'present' }>;

async function* executeDestroyReview(run: Run, review: DestroyReview, options: DestroyOptions): RunGenerator<Result> {
  if (review.kind === 'blocked') return review.result;
  yield* assertAccountRegion(run, review);
  if (review.kind === 'absent') {
    return resultOf(run, 'unchanged', `There is no stack ${run.stackName}; there was nothing to do.`);
  }
  return yield* withLease(run, options.lease, () => deleteStack(run, review, options));
}

async function* deleteStack(run: Run, review: PresentStackReview, options: DestroyOptions): RunGenerator<Result> {
  const token = `i2kit-destroy-${nonce(run)}`;
  const retain = [...(options.retain ?? [])];
  for (let tries = 0; ; tries++) {
    const stack = yield* describeStack(run, review.stackId);
    if (!stack || stack.status === 'DELETE_COMPLETE')
      return resultOf(run, tries === 0 ? 'unchanged' : 'succeeded', `${run.stackName} is gone.`);
    if (stack.status !== 'DELETE_IN_PROGRESS') {
      yield* assertDeletable(run, stack, retain);
      const op = newOperation('delete', review.stackId, token, stack.status);
      if (tries === 0) yield* markEventsSeen(run, op.log);
      const request = {
        StackName: review.stackId,
        ClientRequestToken: token,
        ...(retain.length > 0 ? { RetainResources: retain } : {}),
      };
      const answer = yield* callAtMostOnce(
        run,
        'DeleteStack',
        () => run.clients.cloudFormation.deleteStack(request),
        true,
      );
      if (!answer.ok) {
        if (/termination ?protection/i.test(answer.problems[0].message)) throw new RunStopped(protectedRefusal(run));
        // Another run started in between: describing the stack again gives a precise refusal.
        if (answer.problems[0].kind !== 'transient' && !(isStateConflict(answer.problems[0]) && tries < 5))
          throw callFailure(run, 'DeleteStack', answer.problems[0]);
        yield* reportAndBackOff(run, 'DeleteStack', answer.problems[0], tries);
        continue;
      }
      yield runEvent(run, 'I2K832', `Deleting ${run.stackName}.`, { stackId: review.stackId, token, retain });
      run.state.begun = 'yes';
      if (options.detach)
        return resultOf(
          run,
          'detached',
          `The deletion of ${run.stackName} continues in AWS; watch it with: ${run.command}`,
        );
      return yield* watchOperation(run, op);
    }
    return yield* watchOperation(run, newOperation('delete', review.stackId, token, stack.status));
  }
}

const protectedRefusal = (run: Run): Result =>
  refusalOf(run, 'protected', `${run.stackName} has termination protection. Nothing was deleted.`, {
    hint: 'Disable termination protection first, as a separate step.',
  });

async function* assertDeletable(run: Run, stack: StackState, retain: readonly string[]): RunGenerator<void> {
  const stands = readinessOf(stack.status);
  if (stack.isProtected) throw new RunStopped(protectedRefusal(run));
  if (stands === 'busy')
    throw new RunStopped(
      refusalOf(run, 'busy', `${run.stackName} is ${stack.status}: another run is working on it. Nothing was deleted.`),
    );
  if (retain.length > 0 && stands !== 'held') {
    throw new RunStopped(
      refusalOf(run, 'invalid', `--retain needs a stack in DELETE_FAILED, and ${run.stackName} is ${stack.status}.`),
    );
  }
  if (stands !== 'held' || retain.length > 0) return;
  const held = yield* listBlockingResources(run, stack.stackId);
  const hint = recoveryHint(run.stackName, stack.status, held);
  // Tries the deletion once more, because the cause may be fixed by now. Reports the blocking resources first.
  yield runEvent(run, 'I2K841', `The last deletion failed: ${blockingResourcesText(held)}. ${hint ?? ''}`, {
    stackId: stack.stackId,
    held,
  });
}
