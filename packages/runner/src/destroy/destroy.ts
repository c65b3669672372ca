// A stack is deleted: what goes and what stays is reviewed first, then that very incarnation is deleted and waited for.

import { nonce } from '../deploy/changeSet.ts';
import type { RunEvent } from '../events/catalog.ts';
import { markEventsSeen } from '../operation/eventLog.ts';
import { blockingResourcesText, recoveryHint } from '../operation/failure.ts';
import { newOperation } from '../operation/operation.ts';
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
  stopError,
} from '../run/run.ts';
import { callAtMostOnce, callFailure, isStateConflict, reportAndBackOff } from '../sdk/retry.ts';
import { describeStack, type StackState } from '../stack/describe.ts';
import { listBlockingResources } from '../stack/resources.ts';
import { readinessOf } from '../stack/status.ts';
import type { DestroyReview } from './review.ts';

export interface DestroyOptions extends RunOptions {
  /** Logical ids to leave in the account; only in DELETE_FAILED, as CloudFormation has it. */
  readonly retain?: readonly string[];
  readonly detach?: boolean;
  /** As of `execute`. */
  readonly lease?: LeaseOptions;
}

/**
 * Deletes the stack that was reviewed, by its ARN, and waits for it. One that is gone is a success; one that is being
 * deleted is watched.
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
        if (/termination ?protection/i.test(answer.fault.message)) throw stopError(protectedRefusal(run));
        // Another run came in between: looked at again, it is refused in words of its own.
        if (answer.fault.kind !== 'transient' && !(isStateConflict(answer.fault) && tries < 5))
          throw callFailure(run, 'DeleteStack', answer.fault);
        yield* reportAndBackOff(run, 'DeleteStack', answer.fault, tries);
        continue;
      }
      yield runEvent(run, 'I2K832', `Deleting ${run.stackName}.`, { stackId: review.stackId, token, retain });
      run.state.begun = 'yes';
      if (options.detach)
        return resultOf(
          run,
          'detached',
          `The deletion of ${run.stackName} goes on in AWS; watch it with: ${run.command}`,
        );
      return yield* watchOperation(run, op);
    }
    return yield* watchOperation(run, newOperation('delete', review.stackId, token, stack.status));
  }
}

const protectedRefusal = (run: Run): Result =>
  refusalOf(run, 'protected', `${run.stackName} has termination protection. Nothing was deleted.`, {
    hint: 'Take the protection off first; that is meant to be a step of its own.',
  });

async function* assertDeletable(run: Run, stack: StackState, retain: readonly string[]): RunGenerator<void> {
  const stands = readinessOf(stack.status);
  if (stack.isProtected) throw stopError(protectedRefusal(run));
  if (stands === 'busy')
    throw stopError(
      refusalOf(run, 'busy', `${run.stackName} is ${stack.status}: another run is at work on it. Nothing was deleted.`),
    );
  if (retain.length > 0 && stands !== 'held') {
    throw stopError(
      refusalOf(run, 'invalid', `--retain is for a stack in DELETE_FAILED, and ${run.stackName} is ${stack.status}.`),
    );
  }
  if (stands !== 'held' || retain.length > 0) return;
  const held = yield* listBlockingResources(run, stack.stackId);
  const hint = recoveryHint(run.stackName, stack.status, held);
  // It is tried once more: what held it may have been freed. What holds it now is said first.
  yield runEvent(run, 'I2K841', `The last deletion failed: ${blockingResourcesText(held)}. ${hint ?? ''}`, {
    stackId: stack.stackId,
    held,
  });
}
