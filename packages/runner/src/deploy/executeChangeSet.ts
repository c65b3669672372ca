// Sends ExecuteChangeSet, the one call that starts a deployment, with a token derived from the change set. After a
// lost response the state is looked up before the call is repeated.

import type { ClassifiedError } from '@i2kit/aws';
import { callAtMostOnce, callFailure, isStateConflict, reportAndBackOff } from '../run/calls.ts';
import type { Result } from '../run/result.ts';
import { notStartedMessage, type Run, type RunGenerator, RunStopped, refusalOf, runEvent } from '../run/run.ts';
import { describeChangeSet, describeStack } from '../stack/describe.ts';
import { readinessOf } from '../stack/status.ts';
import { operationTokenOf } from './changeSet.ts';
import type { ChangeSetReview } from './review.ts';
import { obsoleteRefusal } from './verifyChangeSet.ts';

type ExecutionState = 'executing' | 'untouched' | 'gone';

/** Sends the change set for execution until CloudFormation is known to have accepted it. */
export async function* executeChangeSet(
  run: Run,
  review: ChangeSetReview,
  options: { readonly disableRollback?: boolean },
): RunGenerator<void> {
  const token = operationTokenOf(review.changeSetId);
  const request = {
    ChangeSetName: review.changeSetId,
    ClientRequestToken: token,
    ...(options.disableRollback ? { DisableRollback: true } : {}),
  };
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(
      run,
      'ExecuteChangeSet',
      () => run.clients.cloudFormation.executeChangeSet(request),
      true,
    );
    if (answer.ok || (yield* confirmAccepted(run, review, answer.problems[0]))) break;
    yield* reportAndBackOff(run, 'ExecuteChangeSet', answer.problems[0], tries);
  }
  run.state.begun = 'yes';
  yield runEvent(run, 'I2K813', `Executing change set ${token}.`, { changeSetId: review.changeSetId, token });
}

/** True if it is executing in spite of the error, false if it may be sent again; otherwise ends the run. */
async function* confirmAccepted(run: Run, review: ChangeSetReview, error: ClassifiedError): RunGenerator<boolean> {
  if (error.kind === 'denied' || (error.kind === 'refused' && !isStateConflict(error)))
    throw callFailure(run, 'ExecuteChangeSet', error);
  const found = yield* lookUpExecution(run, review);
  yield runEvent(run, 'I2K815', `ExecuteChangeSet: ${error.name}; looked up: ${found}.`, {
    changeSetId: review.changeSetId,
    found,
  });
  if (found === 'executing') return true;
  if (error.kind === 'transient' && found === 'untouched') return false;
  throw new RunStopped(yield* explainRefusal(run, review, found, error));
}

async function* lookUpExecution(run: Run, review: ChangeSetReview): RunGenerator<ExecutionState> {
  const changeSet = yield* describeChangeSet(run, review.changeSetId);
  if (changeSet?.ExecutionStatus?.startsWith('EXECUTE_')) return 'executing';
  const stack = yield* describeStack(run, review.stackId);
  // An executed change set may be gone; the stack then names it. While it exists, its own status decides.
  if (!changeSet && stack?.changeSetId === review.changeSetId) return 'executing';
  return changeSet?.ExecutionStatus === 'AVAILABLE' ? 'untouched' : 'gone';
}

async function* explainRefusal(
  run: Run,
  review: ChangeSetReview,
  found: ExecutionState,
  error: ClassifiedError,
): RunGenerator<Result> {
  const stack = yield* describeStack(run, review.stackId);
  run.state.begun = 'no';
  if (found === 'untouched' && readinessOf(stack?.status) === 'busy') {
    return refusalOf(
      run,
      'busy',
      `${run.stackName} is ${stack?.status}: another run is at work on it. ${notStartedMessage(run)}`,
    );
  }
  return obsoleteRefusal(run, found === 'gone' ? 'the change set is gone' : error.message.replace(/\.$/, ''));
}
