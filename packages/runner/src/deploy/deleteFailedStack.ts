// Deletes a stack whose creation failed, unless a resource in it holds data.

import { backoffMs } from '@i2kit/aws';
import { newOperation } from '../operation/operation.ts';
import { watchOperation } from '../operation/watch.ts';
import { callAtMostOnce, callFailure, isStateConflict, pauseRun, reportAndBackOff } from '../run/calls.ts';
import { type Run, type RunGenerator, RunStopped, refusalOf, runEvent } from '../run/run.ts';
import { endangeredText, notAllowed } from '../stack/dataLossGuard.ts';
import { describeStack } from '../stack/describe.ts';
import { endangeredByDeletion, listStackResources } from '../stack/resources.ts';
import { readinessOf } from '../stack/status.ts';
import { nonce } from './changeSet.ts';
import type { DeferredReview } from './review.ts';

/**
 * Deletes exactly the reviewed stack (by ARN) and returns its ARN. Refuses if the stack has changed since, or holds
 * data.
 */
export async function* deleteFailedStack(
  run: Run,
  review: DeferredReview,
  failed: { readonly stackId: string; readonly status: string },
  options: { readonly allowReplace?: readonly string[] },
): RunGenerator<string> {
  const token = `i2kit-remake-${review.inputHash.slice(0, 16)}-${nonce(run)}`;
  for (let tries = 0; ; tries++) {
    const stack = yield* describeStack(run, failed.stackId);
    const status = stack?.status ?? 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') return failed.stackId;
    if (status === 'DELETE_IN_PROGRESS') return yield* waitUntilDeleted(run, failed.stackId, token, status);
    if (readinessOf(status) !== 'remake') {
      throw new RunStopped(
        refusalOf(
          run,
          'obsolete',
          `${run.stackName} is ${status}, and was ${failed.status} when it was reviewed. Plan again.`,
        ),
      );
    }
    const held = notAllowed(
      endangeredByDeletion((yield* listStackResources(run, failed.stackId)) ?? []),
      options.allowReplace,
    );
    if (held.length > 0) {
      throw new RunStopped(
        refusalOf(
          run,
          'data',
          `${run.stackName} is ${status} and has to be deleted first, but ${endangeredText(held)}. Nothing was deleted.`,
          {
            hint: `Save the data, or allow its loss: ${held.map((each) => `--allow-replace ${each.logicalId}`).join(' ')}.`,
          },
        ),
      );
    }
    yield runEvent(run, 'I2K812', `${run.stackName} is ${status} and holds no data; deleting it first.`, {
      stackId: failed.stackId,
      status,
    });
    const request = { StackName: failed.stackId, ClientRequestToken: token };
    const answer = yield* callAtMostOnce(
      run,
      'DeleteStack',
      () => run.clients.cloudFormation.deleteStack(request),
      true,
    );
    if (answer.ok) return yield* waitUntilDeleted(run, failed.stackId, token, status);
    if (answer.problems[0].kind !== 'transient' && !(isStateConflict(answer.problems[0]) && tries < 5))
      throw callFailure(run, 'DeleteStack', answer.problems[0]);
    yield* reportAndBackOff(run, 'DeleteStack', answer.problems[0], tries);
  }
}

async function* waitUntilDeleted(run: Run, stackId: string, token: string, before: string): RunGenerator<string> {
  const result = yield* watchOperation(run, newOperation('delete', stackId, token, before));
  if (result.outcome !== 'succeeded') throw new RunStopped(result);
  // Nothing is in progress from here on.
  run.state.begun = 'no';
  run.state.remade = true;
  for (let look = 0; look < 4; look++) {
    const stack = yield* describeStack(run, run.stackName);
    if (stack?.stackId !== stackId) break;
    await pauseRun(run, backoffMs(look, run.clients.random));
  }
  return stackId;
}
