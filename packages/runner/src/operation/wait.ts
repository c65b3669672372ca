// Watches an operation that another run started.

import type { RunEvent } from '../events/catalog.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import { type Run, type RunGenerator, type RunOptions, resultOf, runToResult, startRun } from '../run/run.ts';
import { describeStack } from '../stack/describe.ts';
import { goalStateOf, readinessOf } from '../stack/status.ts';
import { newOperation } from './operation.ts';
import { readOperationToken } from './operationToken.ts';
import { watchOperation } from './watch.ts';

export interface WaitForStackInput {
  readonly stackName: string;
  readonly expect?: Partial<AccountRegion>;
}

/**
 * Watches the operation in progress on a stack, whoever started it, until its end. A stack at rest gives a result at
 * once: `unchanged` if its last operation succeeded, else `failed`. Writes nothing.
 */
export async function* waitForStack(
  clients: Clients,
  input: WaitForStackInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.stackName, options, `i2kit events --follow ${input.stackName}`);
  yield* runToResult(run, watchUntilAtRest(run, input));
}

async function* watchUntilAtRest(run: Run, input: WaitForStackInput): RunGenerator<Result> {
  yield* assertAccountRegion(run, input.expect ?? {});
  const stack = yield* describeStack(run, run.stackName);
  if (!stack) return resultOf(run, 'unchanged', `There is no stack ${run.stackName}.`);
  const { stackId, status } = stack;
  if (readinessOf(status) !== 'busy') {
    const how = goalStateOf('deploy', status) === 'failed' ? 'failed' : 'unchanged';
    return resultOf(
      run,
      how,
      `${run.stackName} is ${status}; no operation is in progress.`,
      how === 'failed' ? { reason: 'deployment' } : {},
    );
  }
  const token = (yield* readOperationToken(run, stackId)) ?? '';
  const goal = status === 'DELETE_IN_PROGRESS' ? 'delete' : 'deploy';
  const op = newOperation(goal, stackId, token);
  // The stack was seen in progress, so its next status at rest is the operation's end.
  op.seenInProgress = true;
  return yield* watchOperation(run, op);
}
