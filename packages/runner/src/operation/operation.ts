// An operation in progress on a stack, and its end: by status, and only with proof that it is this operation's.

import type { Run, RunGenerator } from '../run/run.ts';
import { describeChangeSet, type StackState } from '../stack/describe.ts';
import { goalStateOf, type OperationGoal } from '../stack/status.ts';
import { lastStackEvent, newEventLog, type OperationEventLog } from './eventLog.ts';

export interface Operation {
  readonly goal: OperationGoal;
  readonly stackId: string;
  readonly token: string;
  /** Set for a deployment. */
  readonly changeSetId: string | undefined;
  /** The status before the operation started: right afterwards it may be a stale answer. */
  readonly before: string | undefined;
  readonly log: OperationEventLog;
  /** How often the stack was seen at rest without proof that this operation ended; whether it was seen in progress. */
  inconclusiveChecks: number;
  seenInProgress: boolean;
}

export const newOperation = (
  goal: OperationGoal,
  stackId: string,
  token: string,
  before?: string,
  changeSetId?: string,
): Operation => ({
  goal,
  stackId,
  token,
  changeSetId,
  before,
  log: newEventLog(stackId, token),
  inconclusiveChecks: 0,
  seenInProgress: false,
});

export interface OperationEnd {
  readonly kind: 'reached' | 'failed' | 'superseded';
  readonly status: string;
  /** Another operation has started since. */
  readonly overtaken: boolean;
}

const operationEnd = (kind: OperationEnd['kind'], status: string, overtaken = false): OperationEnd => ({
  kind,
  status,
  overtaken,
});

/** Undefined while it is in progress, or without proof: a run never claims success that it cannot prove. */
export async function* detectEnd(
  run: Run,
  op: Operation,
  stack: StackState | undefined,
): RunGenerator<OperationEnd | undefined> {
  const status = stack?.status ?? 'DELETE_COMPLETE';
  if (op.goal === 'delete') return detectDeletionEnd(op, status);
  if (op.log.laterToken !== undefined) return yield* detectSupersededEnd(run, op);
  const now = goalStateOf(op.goal, status);
  if (now === 'running') {
    op.seenInProgress ||= status !== 'REVIEW_IN_PROGRESS';
    return undefined;
  }
  if (lastStackEvent(op.log)?.status === status) return operationEnd(now, status);
  if (op.changeSetId === undefined)
    return op.seenInProgress || status !== op.before ? operationEnd(now, status) : undefined;
  return yield* detectEndByChangeSet(run, op, stack, status, now);
}

// For a deletion the stack's own ARN is enough: it is gone, whoever deleted it. Only a failure may be a stale answer.
function detectDeletionEnd(op: Operation, status: string): OperationEnd | undefined {
  if (status === 'DELETE_COMPLETE') return operationEnd('reached', status);
  if (status === 'DELETE_IN_PROGRESS') op.seenInProgress = true;
  if (status !== 'DELETE_FAILED') return undefined;
  const proven = op.before !== 'DELETE_FAILED' || op.seenInProgress || lastStackEvent(op.log)?.status === status;
  return proven || ++op.inconclusiveChecks > 4 ? operationEnd('failed', status) : undefined;
}

// Events may be late, lost or forbidden. The change set itself then says whether it was executed, and with which
// outcome.
async function* detectEndByChangeSet(
  run: Run,
  op: Operation,
  stack: StackState | undefined,
  status: string,
  now: 'reached' | 'failed',
): RunGenerator<OperationEnd | undefined> {
  const id = op.changeSetId ?? '';
  const changeSet = yield* describeChangeSet(run, id);
  const mine = stack?.changeSetId === id;
  if (stack?.changeSetId !== undefined && !mine) return undefined;
  if (!changeSet) return mine ? operationEnd(now, status) : undefined;
  const execution = changeSet.ExecutionStatus;
  if (execution === 'EXECUTE_COMPLETE' && now === 'reached') return operationEnd(now, status);
  if (execution === 'EXECUTE_FAILED' && now === 'failed' && status !== op.before) return operationEnd(now, status);
  // It may fail before it changes the stack, which then keeps its status.
  return execution === 'EXECUTE_FAILED' && ++op.inconclusiveChecks > 4 ? operationEnd('failed', status) : undefined;
}

async function* detectSupersededEnd(run: Run, op: Operation): RunGenerator<OperationEnd> {
  const last = lastStackEvent(op.log)?.status ?? '';
  const told = goalStateOf(op.goal, last);
  if (told !== 'running') return operationEnd(told, last, true);
  const changeSet = op.changeSetId === undefined ? undefined : yield* describeChangeSet(run, op.changeSetId);
  if (changeSet?.ExecutionStatus === 'EXECUTE_COMPLETE') return operationEnd('reached', last, true);
  return operationEnd('superseded', last, true);
}
