// One operation on a stack set: begun once whatever becomes of the answer, then waited for by its status.
import { again, attempt, backoff, giveUp, pause } from '../call.ts';
import type { Action, CallOptions } from '../ports/cloudformation.ts';
import type { OperationResultOutput, StackSetPort } from '../ports/stacksets.ts';
import { conclude, type Run, refuse, type Steps, say, stop } from '../run.ts';
import { newestOperation, operationOf, resultsOf } from './look.ts';
import { placeOf } from './plan.ts';

const often = 5_000;
const active = /^(RUNNING|QUEUED|STOPPING)$/;

export interface Ended {
  readonly status: string;
  readonly reason: string;
  readonly failed: readonly OperationResultOutput[];
}

/** The id of an operation of this input that is under way; refuses where it is someone else's. */
export async function* underWay(run: Run, port: StackSetPort, prefix: string): Steps<string | undefined> {
  const newest = yield* newestOperation(run, port, run.stackName);
  if (!active.test(newest?.Status ?? '')) return undefined;
  const id = newest?.OperationId ?? '';
  if (id.startsWith(prefix)) return id;
  throw stop(
    refuse(
      run,
      'busy',
      `Another operation (${newest?.Action ?? ''} ${id}) is under way on the stack set ${run.stackName}. Nothing was started.`,
      {
        hint: 'Wait for it, then run the command again.',
      },
    ),
  );
}

/**
 * Sends it until it is known that CloudFormation has it, and gives the id to watch. After a lost answer it is looked up before it is
 * sent again, under the same id, which CloudFormation takes once. Where an earlier run of the same input is at work, that one's.
 */
export async function* begun(
  run: Run,
  port: StackSetPort,
  { action, id, prefix }: { readonly action: Action; readonly id: string; readonly prefix: string },
  send: (options: CallOptions) => Promise<unknown>,
): Steps<string> {
  for (let tries = 0; ; tries++) {
    const answer = yield* attempt(run, action, send, true);
    if (answer.ok) break;
    const { fault } = answer;
    if (/^OperationIdAlreadyExists/.test(fault.name)) break;
    const busy = /^OperationInProgress/.test(fault.name);
    if (fault.kind !== 'transient' && !busy) throw giveUp(run, action, fault);
    if (yield* operationOf(run, port, run.stackName, id)) break;
    const earlier = busy ? yield* underWay(run, port, prefix) : undefined;
    if (earlier !== undefined) return earlier;
    // The list of operations may be behind what is at work.
    if (busy && tries >= 8)
      throw stop(refuse(run, 'busy', `Another operation is under way on the stack set ${run.stackName}. Nothing was started.`));
    yield* again(run, action, fault, tries);
  }
  run.seen.begun = 'yes';
  yield say(run, 'I2K883', `${action} ${id}.`, { operationId: id, action });
  return id;
}

/** Until it has ended. Its status decides; what became of each stack is told as it becomes known. */
export async function* watched(run: Run, port: StackSetPort, id: string): Steps<Ended> {
  run.seen.begun = 'yes';
  const told = new Map<string, string>();
  for (let look = 0; ; look++) {
    const operation = yield* operationOf(run, port, run.stackName, id);
    const results = yield* resultsOf(run, port, run.stackName, id);
    for (const each of results) yield* tell(run, told, id, each);
    const status = operation?.Status ?? '';
    if (operation && !active.test(status)) {
      const failed = results.filter(({ Status }) => Status === 'FAILED');
      return { status, reason: operation.StatusReason ?? '', failed };
    }
    await pause(run, backoff(look, run.clients.random, often));
  }
}

async function* tell(run: Run, told: Map<string, string>, operationId: string, result: OperationResultOutput): Steps<void> {
  const { Account: account = '', Region: region = '', Status: status = '', StatusReason: reason } = result;
  const place = placeOf(result);
  if (told.get(place) === status) return;
  told.set(place, status);
  const data = { operationId, account, region, status, ...(reason === undefined ? {} : { reason }) };
  if (status === 'FAILED') yield say(run, 'I2K885', `${place} failed: ${reason ?? 'CloudFormation gives no reason.'}`, data);
  else yield say(run, 'I2K884', `${place} ${status}`, data);
}

/** In words: which stacks failed, and why each did. */
export function failure(run: Run, { status, reason, failed }: Ended, what: string) {
  const each = failed.map((one) => `${placeOf(one)}: ${(one.StatusReason ?? 'CloudFormation gives no reason').replace(/\.$/, '')}`);
  const why = each.length > 0 ? each.join('; ') : reason.replace(/\.$/, '') || `the operation is ${status}`;
  return conclude(run, 'failed', `The stack set ${run.stackName} was not ${what}: ${why}.`, {
    reason: 'deployment',
    status,
    hint: 'Mend it and run the command again: it does what is not done yet.',
  });
}
