// An operation that is under way on a stack, and whether it has ended: by status, and only with proof that it is ours.
import { type EventLog, eventLog, lastOwn } from './eventlog.ts';
import { changeSetOf, type StackView } from './look.ts';
import type { Run, Steps } from './run.ts';
import { type Goal, verdict } from './status.ts';

export interface Operation {
  readonly goal: Goal;
  readonly stackId: string;
  readonly token: string;
  /** Of a deploy. */
  readonly changeSetId: string | undefined;
  /** The status before it began: seen again right after, it may be an old answer. */
  readonly before: string | undefined;
  readonly log: EventLog;
  /** How often the stack was seen at rest without proof that it is our operation's rest; whether it was seen at work. */
  doubts: number;
  worked: boolean;
}

export const operation = (goal: Goal, stackId: string, token: string, before?: string, changeSetId?: string): Operation => ({
  goal,
  stackId,
  token,
  changeSetId,
  before,
  log: eventLog(stackId, token),
  doubts: 0,
  worked: false,
});

export interface End {
  readonly kind: 'reached' | 'failed' | 'superseded';
  readonly status: string;
  /** Another operation has begun since. */
  readonly overtaken: boolean;
}

const end = (kind: End['kind'], status: string, overtaken = false): End => ({ kind, status, overtaken });

/** Undefined while it goes on, or while there is no proof: a run that cannot know never claims success. */
export async function* endOf(run: Run, op: Operation, stack: StackView | undefined): Steps<End | undefined> {
  const status = stack?.status ?? 'DELETE_COMPLETE';
  if (op.goal === 'delete') return endOfDelete(op, status);
  if (op.log.later !== undefined) return yield* overtaken(run, op);
  const now = verdict(op.goal, status);
  if (now === 'running') {
    op.worked ||= status !== 'REVIEW_IN_PROGRESS';
    return undefined;
  }
  if (lastOwn(op.log)?.status === status) return end(now, status);
  if (op.changeSetId === undefined) return op.worked || status !== op.before ? end(now, status) : undefined;
  return yield* byChangeSet(run, op, stack, status, now);
}

// Of a deletion the stack's own ARN tells enough: whoever deleted it, it is gone. Only a failure may be an old one.
function endOfDelete(op: Operation, status: string): End | undefined {
  if (status === 'DELETE_COMPLETE') return end('reached', status);
  if (status === 'DELETE_IN_PROGRESS') op.worked = true;
  if (status !== 'DELETE_FAILED') return undefined;
  const proven = op.before !== 'DELETE_FAILED' || op.worked || lastOwn(op.log)?.status === status;
  return proven || ++op.doubts > 4 ? end('failed', status) : undefined;
}

// Events may be late, lost or forbidden. The change set itself then says whether it was executed, and with what luck.
async function* byChangeSet(
  run: Run,
  op: Operation,
  stack: StackView | undefined,
  status: string,
  now: 'reached' | 'failed',
): Steps<End | undefined> {
  const id = op.changeSetId ?? '';
  const changeSet = yield* changeSetOf(run, id);
  const mine = stack?.changeSetId === id;
  if (stack?.changeSetId !== undefined && !mine) return undefined;
  if (!changeSet) return mine ? end(now, status) : undefined;
  const execution = changeSet.ExecutionStatus;
  if (execution === 'EXECUTE_COMPLETE' && now === 'reached') return end(now, status);
  if (execution === 'EXECUTE_FAILED' && now === 'failed' && status !== op.before) return end(now, status);
  // It may fail before it touches the stack, which then keeps the status that it had.
  return execution === 'EXECUTE_FAILED' && ++op.doubts > 4 ? end('failed', status) : undefined;
}

async function* overtaken(run: Run, op: Operation): Steps<End> {
  const last = lastOwn(op.log)?.status ?? '';
  const told = verdict(op.goal, last);
  if (told !== 'running') return end(told, last, true);
  const changeSet = op.changeSetId === undefined ? undefined : yield* changeSetOf(run, op.changeSetId);
  if (changeSet?.ExecutionStatus === 'EXECUTE_COMPLETE') return end('reached', last, true);
  return end('superseded', last, true);
}
