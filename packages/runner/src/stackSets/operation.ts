// Runs one operation on a stack set: started exactly once even if responses are lost, then waited for by its status.

import { backoffMs } from '@i2kit/aws';
import type { ApiAction, CallOptions } from '../ports/cloudFormation.ts';
import type { StackSetOperationResult, StackSetPort } from '../ports/stackSets.ts';
import { callAtMostOnce, callFailure, pauseRun, reportAndBackOff } from '../run/calls.ts';
import { type Run, type RunGenerator, RunStopped, refusalOf, resultOf, runEvent } from '../run/run.ts';
import { describeOperation, listOperationResults, readNewestOperation } from './describe.ts';
import { accountRegionTextOf } from './plan.ts';

const pollIntervalMs = 5_000;
const activeStatus = /^(RUNNING|QUEUED|STOPPING)$/;

export interface EndedOperation {
  readonly status: string;
  readonly reason: string;
  readonly failed: readonly StackSetOperationResult[];
}

/** The id of this input's operation in progress; refuses if another operation is in progress. */
export async function* findOwnOperation(
  run: Run,
  port: StackSetPort,
  prefix: string,
): RunGenerator<string | undefined> {
  const newest = yield* readNewestOperation(run, port, run.stackName);
  if (!activeStatus.test(newest?.Status ?? '')) return undefined;
  const id = newest?.OperationId ?? '';
  if (id.startsWith(prefix)) return id;
  throw new RunStopped(
    refusalOf(
      run,
      'busy',
      `Another operation (${newest?.Action ?? ''} ${id}) is in progress on the stack set ${run.stackName}. Nothing was started.`,
      {
        hint: 'Wait for it, then run the command again.',
      },
    ),
  );
}

/**
 * Sends it until CloudFormation is known to have it, and returns the id to watch. After a lost response it is looked
 * up before it is sent again under the same id, which CloudFormation accepts once. If an earlier run of the same
 * input is in progress, returns its id.
 */
export async function* startOperation(
  run: Run,
  port: StackSetPort,
  { action, id, prefix }: { readonly action: ApiAction; readonly id: string; readonly prefix: string },
  send: (options: CallOptions) => Promise<unknown>,
): RunGenerator<string> {
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, action, send, true);
    if (answer.ok) break;
    const [error] = answer.problems;
    if (/^OperationIdAlreadyExists/.test(error.name)) break;
    const busy = /^OperationInProgress/.test(error.name);
    if (error.kind !== 'transient' && !busy) throw callFailure(run, action, error);
    if (yield* describeOperation(run, port, run.stackName, id)) break;
    const earlier = busy ? yield* findOwnOperation(run, port, prefix) : undefined;
    if (earlier !== undefined) return earlier;
    // The list of operations may lag behind.
    if (busy && tries >= 8)
      throw new RunStopped(
        refusalOf(
          run,
          'busy',
          `Another operation is in progress on the stack set ${run.stackName}. Nothing was started.`,
        ),
      );
    yield* reportAndBackOff(run, action, error, tries);
  }
  run.state.begun = 'yes';
  yield runEvent(run, 'I2K883', `${action} ${id}.`, { operationId: id, action });
  return id;
}

/** Waits for its end. Its status decides; the outcome of each stack is reported as it becomes known. */
export async function* watchStackSetOperation(run: Run, port: StackSetPort, id: string): RunGenerator<EndedOperation> {
  run.state.begun = 'yes';
  const told = new Map<string, string>();
  for (let look = 0; ; look++) {
    const operation = yield* describeOperation(run, port, run.stackName, id);
    const results = yield* listOperationResults(run, port, run.stackName, id);
    for (const each of results) yield* reportInstance(run, told, id, each);
    const status = operation?.Status ?? '';
    if (operation && !activeStatus.test(status)) {
      const failed = results.filter(({ Status }) => Status === 'FAILED');
      return { status, reason: operation.StatusReason ?? '', failed };
    }
    await pauseRun(run, backoffMs(look, run.clients.random, pollIntervalMs));
  }
}

async function* reportInstance(
  run: Run,
  told: Map<string, string>,
  operationId: string,
  result: StackSetOperationResult,
): RunGenerator<void> {
  const { Account: account = '', Region: region = '', Status: status = '', StatusReason: reason } = result;
  const place = accountRegionTextOf(result);
  if (told.get(place) === status) return;
  told.set(place, status);
  const data = { operationId, account, region, status, ...(reason === undefined ? {} : { reason }) };
  if (status === 'FAILED')
    yield runEvent(run, 'I2K885', `${place} failed: ${reason ?? 'CloudFormation gives no reason.'}`, data);
  else yield runEvent(run, 'I2K884', `${place} ${status}`, data);
}

/** Text: the failed stacks with their reasons. */
export function stackSetFailure(run: Run, { status, reason, failed }: EndedOperation, what: string) {
  const each = failed.map(
    (one) =>
      `${accountRegionTextOf(one)}: ${(one.StatusReason ?? 'CloudFormation gives no reason').replace(/\.$/, '')}`,
  );
  const why = each.length > 0 ? each.join('; ') : reason.replace(/\.$/, '') || `the operation is ${status}`;
  return resultOf(run, 'failed', `The stack set ${run.stackName} was not ${what}: ${why}.`, {
    reason: 'deployment',
    status,
    hint: 'Fix the cause and run the command again; completed stacks are skipped.',
  });
}
