// An update's rollback that failed is continued, on request, and by request alone.
import { again, attempt, giveUp, speaksOfState } from './call.ts';
import { nonce } from './changeset.ts';
import type { Clients } from './clients.ts';
import type { RunEvent } from './events/catalog.ts';
import { assertPlace, type Place } from './identity.ts';
import type { Owner } from './input.ts';
import { stackOf } from './look.ts';
import { operation } from './operation.ts';
import { heldInWords } from './outcome.ts';
import { assertOurs } from './owner.ts';
import { heldBy } from './resources.ts';
import type { Result } from './result.ts';
import { begin, conclude, ending, type Run, type RunOptions, refuse, type Steps, say } from './run.ts';
import { watch } from './watch.ts';

export interface RecoverInput {
  readonly stackName: string;
  /** Logical ids to leave as they are; CloudFormation then holds them for rolled back, whatever they are. */
  readonly skip?: readonly string[];
  readonly expect?: Partial<Place>;
  /** Absent: whoever's it is. */
  readonly owner?: Owner;
}

/**
 * Continues the rollback of a stack in UPDATE_ROLLBACK_FAILED and waits for it. A stack that is rolled back already is
 * left alone; one whose rollback is going on is watched.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function* recover(clients: Clients, input: RecoverInput, options: RunOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, input.stackName, options, `i2kit recover ${input.stackName}`);
  yield* ending(run, recovered(run, input));
}

async function* recovered(run: Run, input: RecoverInput): Steps<Result> {
  yield* assertPlace(run, input.expect ?? {});
  const token = `i2kit-recover-${nonce(run)}`;
  const skip = [...(input.skip ?? [])];
  for (let tries = 0; ; tries++) {
    const stack = yield* stackOf(run, run.stackName);
    assertOurs(run, stack, input.owner);
    const status = stack?.status ?? 'gone';
    if (status === 'UPDATE_ROLLBACK_COMPLETE') {
      const how = tries === 0 ? 'unchanged' : 'succeeded';
      return conclude(run, how, `${run.stackName} is ${status}${tries === 0 ? '; there was nothing to recover' : ''}.`);
    }
    const op = operation('recover', stack?.stackId ?? '', token, 'UPDATE_ROLLBACK_FAILED');
    if (stack && status.startsWith('UPDATE_ROLLBACK_') && status.endsWith('_IN_PROGRESS')) return yield* watch(run, op);
    if (!stack || status !== 'UPDATE_ROLLBACK_FAILED') {
      return refuse(run, 'obsolete', `${run.stackName} is ${status}: only UPDATE_ROLLBACK_FAILED can be recovered from.`);
    }
    if (tries === 0) {
      const held = yield* heldBy(run, stack.stackId);
      yield say(run, 'I2K841', held.length > 0 ? `Held up by: ${heldInWords(held)}.` : 'What holds it up is not told.', {
        stackId: stack.stackId,
        held,
      });
    }
    const request = { StackName: stack.stackId, ClientRequestToken: token, ...(skip.length > 0 ? { ResourcesToSkip: skip } : {}) };
    const answer = yield* attempt(run, 'ContinueUpdateRollback', () => run.clients.cloudFormation.continueUpdateRollback(request), true);
    if (answer.ok) {
      yield say(run, 'I2K842', `Going on with the rollback of ${run.stackName}.`, { stackId: stack.stackId, token, skip });
      return yield* watch(run, op);
    }
    // It may be on its way already, by a request of ours whose answer was lost, or by someone else's.
    if (answer.fault.kind !== 'transient' && !(speaksOfState(answer.fault) && tries < 5))
      throw giveUp(run, 'ContinueUpdateRollback', answer.fault);
    yield* again(run, 'ContinueUpdateRollback', answer.fault, tries);
  }
}
