// Cancels an update in progress; CloudFormation rolls it back.

import type { RunEvent } from '../events/catalog.ts';
import { newOperation } from '../operation/operation.ts';
import { watchOperation } from '../operation/watch.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import { callAtMostOnce, reportAndBackOff } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  catchStop,
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
import { nonce } from './changeSet.ts';
import type { StackOwner } from './stackInput.ts';

export interface CancelInput {
  readonly stackName: string;
  readonly expect?: Partial<AccountRegion>;
  /** Default: do not check the owner. */
  readonly owner?: StackOwner;
}

/**
 * Cancels the update in progress and waits for its rollback. Creations and deletions cannot be cancelled.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html
 */
export async function* cancel(
  clients: Clients,
  input: CancelInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.stackName, options, `i2kit events --follow ${input.stackName}`);
  async function* steps(): RunGenerator<Result> {
    yield* assertAccountRegion(run, input.expect ?? {});
    return yield* cancelUpdate(run, input.owner);
  }
  yield* runToResult(run, steps());
}

async function* cancelUpdate(run: Run, owner?: StackOwner): RunGenerator<Result> {
  const token = `i2kit-cancel-${nonce(run)}`;
  for (let tries = 0; ; tries++) {
    const stack = yield* describeStack(run, run.stackName);
    assertOwnership(run, stack, owner);
    const status = stack?.status ?? 'gone';
    const op = newOperation('cancel', stack?.stackId ?? '', token, 'UPDATE_IN_PROGRESS');
    if (stack && status.startsWith('UPDATE_ROLLBACK_') && status.endsWith('_IN_PROGRESS'))
      return yield* watchOperation(run, op);
    if (!stack || status !== 'UPDATE_IN_PROGRESS') {
      // The operation ended before the cancellation, so its end is not reported as cancelled.
      if (tries > 0 && status === 'UPDATE_ROLLBACK_COMPLETE')
        return resultOf(run, 'succeeded', `${run.stackName} is ${status}.`);
      return refusalOf(run, 'obsolete', `${run.stackName} is ${status}: only an update in progress can be cancelled.`);
    }
    const request = { StackName: stack.stackId, ClientRequestToken: token };
    const answer = yield* callAtMostOnce(
      run,
      'CancelUpdateStack',
      () => run.clients.cloudFormation.cancelUpdateStack(request),
      true,
    );
    if (answer.ok) {
      yield runEvent(run, 'I2K843', `Cancelling the update of ${run.stackName}.`, { stackId: stack.stackId, token });
      return yield* watchOperation(run, op);
    }
    const [error] = answer.problems;
    const late = error.kind === 'refused' && /current stack status|cannot be called/i.test(error.message);
    if (error.kind !== 'transient' && !late)
      return resultOf(run, 'failed', `CancelUpdateStack: ${error.message}`, {
        reason: error.kind === 'denied' ? 'denied' : 'invalid',
      });
    yield* reportAndBackOff(run, 'CancelUpdateStack', error, tries);
  }
}

/** Runs the steps. If the user interrupts them and asked for it, cancels the update that they started. */
export async function* cancelIfInterrupted(
  run: Run,
  steps: RunGenerator<Result>,
  cancels: boolean,
): RunGenerator<Result> {
  const result = yield* catchStop(steps);
  if (result.outcome !== 'interrupted' || !cancels || run.state.begun === 'no') return result;
  // The signal has been handled; a second Ctrl-C ends the process.
  const patient: Run = { ...run, signal: undefined };
  const after = yield* catchStop(cancelUpdate(patient));
  if (after.outcome === 'succeeded')
    return resultOf(
      patient,
      'interrupted',
      `Interrupted; the update of ${run.stackName} was cancelled and rolled back.`,
      {
        reason: 'interrupted',
      },
    );
  return {
    ...after,
    message: `Interrupted; the update was not cancelled: ${after.message}`,
    outcome: 'interrupted',
    resume: run.command,
  };
}
