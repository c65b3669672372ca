// An update is cancelled: CloudFormation rolls it back.
import { again, attempt } from './call.ts';
import { nonce } from './changeset.ts';
import type { Clients } from './clients.ts';
import type { RunEvent } from './events/catalog.ts';
import { assertPlace, type Place } from './identity.ts';
import type { Owner } from './input.ts';
import { stackOf } from './look.ts';
import { operation } from './operation.ts';
import { assertOurs } from './owner.ts';
import type { Result } from './result.ts';
import { begin, caught, conclude, ending, type Run, type RunOptions, refuse, type Steps, say } from './run.ts';
import { watch } from './watch.ts';

export interface CancelInput {
  readonly stackName: string;
  readonly expect?: Partial<Place>;
  /** Absent: whoever's it is. */
  readonly owner?: Owner;
}

/**
 * Cancels the update that is under way and waits for its rollback. Creations and deletions cannot be cancelled.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html
 */
export async function* cancel(clients: Clients, input: CancelInput, options: RunOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, input.stackName, options, `i2kit events --follow ${input.stackName}`);
  async function* steps(): Steps<Result> {
    yield* assertPlace(run, input.expect ?? {});
    return yield* cancelled(run, input.owner);
  }
  yield* ending(run, steps());
}

async function* cancelled(run: Run, owner?: Owner): Steps<Result> {
  const token = `i2kit-cancel-${nonce(run)}`;
  for (let tries = 0; ; tries++) {
    const stack = yield* stackOf(run, run.stackName);
    assertOurs(run, stack, owner);
    const status = stack?.status ?? 'gone';
    const op = operation('cancel', stack?.stackId ?? '', token, 'UPDATE_IN_PROGRESS');
    if (stack && status.startsWith('UPDATE_ROLLBACK_') && status.endsWith('_IN_PROGRESS')) return yield* watch(run, op);
    if (!stack || status !== 'UPDATE_IN_PROGRESS') {
      // It ended before we came: what it ended in is not ours to report as cancelled.
      if (tries > 0 && status === 'UPDATE_ROLLBACK_COMPLETE') return conclude(run, 'succeeded', `${run.stackName} is ${status}.`);
      return refuse(run, 'obsolete', `${run.stackName} is ${status}: only an update under way can be cancelled.`);
    }
    const request = { StackName: stack.stackId, ClientRequestToken: token };
    const answer = yield* attempt(run, 'CancelUpdateStack', () => run.clients.cloudFormation.cancelUpdateStack(request), true);
    if (answer.ok) {
      yield say(run, 'I2K843', `Cancelling the update of ${run.stackName}.`, { stackId: stack.stackId, token });
      return yield* watch(run, op);
    }
    const { fault } = answer;
    const late = fault.kind === 'refused' && /current stack status|cannot be called/i.test(fault.message);
    if (fault.kind !== 'transient' && !late)
      return conclude(run, 'failed', `CancelUpdateStack: ${fault.message}`, { reason: fault.kind === 'denied' ? 'denied' : 'invalid' });
    yield* again(run, 'CancelUpdateStack', fault, tries);
  }
}

/** Runs the steps; where the user interrupts them and wants it so, cancels the update that they began. */
export async function* interrupted(run: Run, steps: Steps<Result>, cancels: boolean): Steps<Result> {
  const result = yield* caught(steps);
  if (result.outcome !== 'interrupted' || !cancels || run.seen.begun === 'no') return result;
  // The signal has done its work; a second Ctrl-C leaves the process.
  const patient: Run = { ...run, signal: undefined };
  const after = yield* caught(cancelled(patient));
  if (after.outcome === 'succeeded')
    return conclude(patient, 'interrupted', `Interrupted; the update of ${run.stackName} was cancelled and rolled back.`, {
      reason: 'interrupted',
    });
  return { ...after, message: `Interrupted, and not cancelled: ${after.message}`, outcome: 'interrupted', resume: run.command };
}
