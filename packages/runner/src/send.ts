// The one call that starts something: sent with a token that belongs to the change set, and looked up before it is sent again.
import { again, attempt, giveUp, speaksOfState } from './call.ts';
import { tokenOf } from './changeset.ts';
import { obsolete } from './check.ts';
import type { Fault } from './fault.ts';
import { changeSetOf, stackOf } from './look.ts';
import type { Result } from './result.ts';
import type { ChangeSetReview } from './review.ts';
import { nothing, type Run, refuse, type Steps, say, stop } from './run.ts';
import { standing } from './status.ts';

type Found = 'executing' | 'untouched' | 'gone';

/** Sends the change set for execution, until it is known that CloudFormation has taken it. */
export async function* send(run: Run, review: ChangeSetReview, options: { readonly disableRollback?: boolean }): Steps<void> {
  const token = tokenOf(review.changeSetId);
  const request = {
    ChangeSetName: review.changeSetId,
    ClientRequestToken: token,
    ...(options.disableRollback ? { DisableRollback: true } : {}),
  };
  for (let tries = 0; ; tries++) {
    const answer = yield* attempt(run, 'ExecuteChangeSet', () => run.clients.cloudFormation.executeChangeSet(request), true);
    if (answer.ok || (yield* taken(run, review, answer.fault))) break;
    yield* again(run, 'ExecuteChangeSet', answer.fault, tries);
  }
  run.seen.begun = 'yes';
  yield say(run, 'I2K813', `Executing change set ${token}.`, { changeSetId: review.changeSetId, token });
}

/** True where it is executing in spite of the fault, false where it may be sent again; else ends the run. */
async function* taken(run: Run, review: ChangeSetReview, fault: Fault): Steps<boolean> {
  if (fault.kind === 'denied' || (fault.kind === 'refused' && !speaksOfState(fault))) throw giveUp(run, 'ExecuteChangeSet', fault);
  const found = yield* lookUp(run, review);
  yield say(run, 'I2K815', `ExecuteChangeSet: ${fault.name}; looked up: ${found}.`, { changeSetId: review.changeSetId, found });
  if (found === 'executing') return true;
  if (fault.kind === 'transient' && found === 'untouched') return false;
  throw stop(yield* refusal(run, review, found, fault));
}

async function* lookUp(run: Run, review: ChangeSetReview): Steps<Found> {
  const changeSet = yield* changeSetOf(run, review.changeSetId);
  if (changeSet?.ExecutionStatus?.startsWith('EXECUTE_')) return 'executing';
  const stack = yield* stackOf(run, review.stackId);
  // An executed change set may be gone, and the stack then names it; while it is there, its own word counts.
  if (!changeSet && stack?.changeSetId === review.changeSetId) return 'executing';
  return changeSet?.ExecutionStatus === 'AVAILABLE' ? 'untouched' : 'gone';
}

async function* refusal(run: Run, review: ChangeSetReview, found: Found, fault: Fault): Steps<Result> {
  const stack = yield* stackOf(run, review.stackId);
  run.seen.begun = 'no';
  if (found === 'untouched' && standing(stack?.status) === 'busy') {
    return refuse(run, 'busy', `${run.stackName} is ${stack?.status}: another run is at work on it. ${nothing(run)}`);
  }
  return obsolete(run, found === 'gone' ? 'the change set is gone' : fault.message.replace(/\.$/, ''));
}
