// A stack whose creation failed can only be deleted: it is, where nothing in it holds data.
import { again, attempt, backoff, giveUp, pause, speaksOfState } from './call.ts';
import { nonce } from './changeset.ts';
import { inWords, unasked } from './guard.ts';
import { stackOf } from './look.ts';
import { operation } from './operation.ts';
import { heldData, resourcesOf } from './resources.ts';
import type { DeferredReview } from './review.ts';
import { type Run, refuse, type Steps, say, stop } from './run.ts';
import { standing } from './status.ts';
import { watch } from './watch.ts';

/** Deletes that very incarnation and gives its ARN; refuses where it has become something else, or holds data. */
export async function* remade(
  run: Run,
  review: DeferredReview,
  failed: { readonly stackId: string; readonly status: string },
  options: { readonly allowReplace?: readonly string[] },
): Steps<string> {
  const token = `i2kit-remake-${review.inputHash.slice(0, 16)}-${nonce(run)}`;
  for (let tries = 0; ; tries++) {
    const stack = yield* stackOf(run, failed.stackId);
    const status = stack?.status ?? 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') return failed.stackId;
    if (status === 'DELETE_IN_PROGRESS') return yield* deleted(run, failed.stackId, token, status);
    if (standing(status) !== 'remake') {
      throw stop(refuse(run, 'obsolete', `${run.stackName} is ${status}, and was ${failed.status} when it was reviewed. Plan again.`));
    }
    const held = unasked(heldData((yield* resourcesOf(run, failed.stackId)) ?? []), options.allowReplace);
    if (held.length > 0) {
      throw stop(
        refuse(run, 'data', `${run.stackName} is ${status} and has to be deleted first, but ${inWords(held)}. Nothing was deleted.`, {
          hint: `Save the data, or where it may go: ${held.map((each) => `--allow-replace ${each.logicalId}`).join(' ')}.`,
        }),
      );
    }
    yield say(run, 'I2K812', `${run.stackName} is ${status} and holds no data; deleting it first.`, { stackId: failed.stackId, status });
    const request = { StackName: failed.stackId, ClientRequestToken: token };
    const answer = yield* attempt(run, 'DeleteStack', () => run.clients.cloudFormation.deleteStack(request), true);
    if (answer.ok) return yield* deleted(run, failed.stackId, token, status);
    if (answer.fault.kind !== 'transient' && !(speaksOfState(answer.fault) && tries < 5)) throw giveUp(run, 'DeleteStack', answer.fault);
    yield* again(run, 'DeleteStack', answer.fault, tries);
  }
}

async function* deleted(run: Run, stackId: string, token: string, before: string): Steps<string> {
  const result = yield* watch(run, operation('delete', stackId, token, before));
  if (result.outcome !== 'succeeded') throw stop(result);
  // From here on nothing is under way.
  run.seen.begun = 'no';
  run.seen.remade = true;
  for (let look = 0; look < 4; look++) {
    const stack = yield* stackOf(run, run.stackName);
    if (stack?.stackId !== stackId) break;
    await pause(run, backoff(look, run.clients.random));
  }
  return stackId;
}
