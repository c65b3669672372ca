// Watching an operation that someone else began.
import type { Clients } from './clients.ts';
import type { RunEvent } from './events/catalog.ts';
import { assertPlace, type Place } from './identity.ts';
import { stackOf } from './look.ts';
import { operation } from './operation.ts';
import type { Result } from './result.ts';
import { begin, conclude, ending, type Run, type RunOptions, type Steps } from './run.ts';
import { standing, verdict } from './status.ts';
import { watch } from './watch.ts';
import { newestToken } from './whose.ts';

export interface WaitInput {
  readonly stackName: string;
  readonly expect?: Partial<Place>;
}

/**
 * Watches what is under way on a stack, whoever began it, until its end. A stack at rest is answered at once: `unchanged`
 * where its last operation succeeded, else `failed`. Writes nothing.
 */
export async function* wait(clients: Clients, input: WaitInput, options: RunOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, input.stackName, options, `i2kit events --follow ${input.stackName}`);
  yield* ending(run, waited(run, input));
}

async function* waited(run: Run, input: WaitInput): Steps<Result> {
  yield* assertPlace(run, input.expect ?? {});
  const stack = yield* stackOf(run, run.stackName);
  if (!stack) return conclude(run, 'unchanged', `There is no stack ${run.stackName}.`);
  const { stackId, status } = stack;
  if (standing(status) !== 'busy') {
    const how = verdict('deploy', status) === 'failed' ? 'failed' : 'unchanged';
    return conclude(run, how, `${run.stackName} is ${status}; nothing is under way.`, how === 'failed' ? { reason: 'deployment' } : {});
  }
  const token = (yield* newestToken(run, stackId)) ?? '';
  const goal = status === 'DELETE_IN_PROGRESS' ? 'delete' : 'deploy';
  const op = operation(goal, stackId, token);
  // It was seen at work, so that what it comes to rest in is its end.
  op.worked = true;
  return yield* watch(run, op);
}
