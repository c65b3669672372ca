// Continues the rollback of an update that failed to roll back; only on request.

import type { RunEvent } from '../events/catalog.ts';
import { blockingResourcesText } from '../operation/failure.ts';
import { newOperation } from '../operation/operation.ts';
import { watchOperation } from '../operation/watch.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import { callAtMostOnce, callFailure, isStateConflict, reportAndBackOff } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
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
import { describeStack } from '../stack/describe.ts';
import { assertOwnership } from '../stack/ownership.ts';
import { listBlockingResources } from '../stack/resources.ts';
import { nonce } from './changeSet.ts';
import type { StackOwner } from './stackInput.ts';

export interface RecoverInput {
  readonly stackName: string;
  /** Logical ids to skip; CloudFormation then marks them as rolled back, whatever their state. */
  readonly skip?: readonly string[];
  readonly expect?: Partial<AccountRegion>;
  /** Default: do not check the owner. */
  readonly owner?: StackOwner;
}

/**
 * Continues the rollback of a stack in UPDATE_ROLLBACK_FAILED and waits for it. A stack that is already rolled back
 * is left alone; a rollback in progress is watched.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function* recover(
  clients: Clients,
  input: RecoverInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.stackName, options, `i2kit recover ${input.stackName}`);
  yield* runToResult(run, continueRollback(run, input));
}

async function* continueRollback(run: Run, input: RecoverInput): RunGenerator<Result> {
  yield* assertAccountRegion(run, input.expect ?? {});
  const token = `i2kit-recover-${nonce(run)}`;
  const skip = [...(input.skip ?? [])];
  for (let tries = 0; ; tries++) {
    const stack = yield* describeStack(run, run.stackName);
    assertOwnership(run, stack, input.owner);
    const status = stack?.status ?? 'gone';
    if (status === 'UPDATE_ROLLBACK_COMPLETE') {
      const how = tries === 0 ? 'unchanged' : 'succeeded';
      return resultOf(run, how, `${run.stackName} is ${status}${tries === 0 ? '; there was nothing to recover' : ''}.`);
    }
    const op = newOperation('recover', stack?.stackId ?? '', token, 'UPDATE_ROLLBACK_FAILED');
    if (stack && status.startsWith('UPDATE_ROLLBACK_') && status.endsWith('_IN_PROGRESS'))
      return yield* watchOperation(run, op);
    if (!stack || status !== 'UPDATE_ROLLBACK_FAILED') {
      return refusalOf(
        run,
        'obsolete',
        `${run.stackName} is ${status}: only a stack in UPDATE_ROLLBACK_FAILED can be recovered.`,
      );
    }
    if (tries === 0) {
      const held = yield* listBlockingResources(run, stack.stackId);
      yield runEvent(
        run,
        'I2K841',
        held.length > 0
          ? `Blocked by: ${blockingResourcesText(held)}.`
          : 'CloudFormation does not say which resource blocks it.',
        {
          stackId: stack.stackId,
          held,
        },
      );
    }
    const request = {
      StackName: stack.stackId,
      ClientRequestToken: token,
      ...(skip.length > 0 ? { ResourcesToSkip: skip } : {}),
    };
    const answer = yield* callAtMostOnce(
      run,
      'ContinueUpdateRollback',
      () => run.clients.cloudFormation.continueUpdateRollback(request),
      true,
    );
    if (answer.ok) {
      yield runEvent(run, 'I2K842', `Continuing the rollback of ${run.stackName}.`, {
        stackId: stack.stackId,
        token,
        skip,
      });
      return yield* watchOperation(run, op);
    }
    // It may already be in progress, started by a request of this run whose response was lost, or by someone else.
    if (answer.problems[0].kind !== 'transient' && !(isStateConflict(answer.problems[0]) && tries < 5))
      throw callFailure(run, 'ContinueUpdateRollback', answer.problems[0]);
    yield* reportAndBackOff(run, 'ContinueUpdateRollback', answer.problems[0], tries);
  }
}
