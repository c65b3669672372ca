// Groups a stack's own events into operations.

import type { ResourceEvent } from '../events/operationEvents.ts';
import type { StackOperation } from '../events/reportEvents.ts';
import { resourceEventOf } from '../operation/eventLog.ts';
import { isOwnFailure, rootCauseOf } from '../operation/rootCause.ts';
import { callFailure, readRunPages } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';
import { goalStateOf } from '../stack/status.ts';

export interface OperationHistory {
  /** Oldest first. */
  readonly operations: readonly StackOperation[];
  /** True if all events were read, so that older ones no longer exist. */
  readonly whole: boolean;
}

/** The newest `limit` operations; reads only as many pages as needed. Undefined if the stack does not exist. */
export async function* readOperations(
  run: Run,
  stackId: string,
  limit: number,
): RunGenerator<OperationHistory | undefined> {
  // Keeps only the stack's own events and failures, so that a thousand resources need little memory.
  const kept: ResourceEvent[] = [];
  const seen = new Set<string>();
  let begun = 0;
  const answer = yield* readRunPages(
    run,
    'DescribeStackEvents',
    (from, options) => run.clients.cloudFormation.describeStackEvents({ StackName: stackId, ...from }, options),
    ({ StackEvents = [] }) => {
      for (const each of StackEvents) {
        const event = resourceEventOf(each);
        const own = event.physicalId === stackId;
        if (seen.has(event.eventId) || !(own || isOwnFailure(event))) continue;
        seen.add(event.eventId);
        kept.push(event);
        if (own && /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(event.status)) begun++;
      }
      return begun >= limit;
    },
  );
  if (answer.ok) return { operations: operationsIn(kept.reverse(), stackId).slice(-limit), whole: !answer.value };
  if (answer.problems[0].kind === 'absent') return undefined;
  throw callFailure(run, 'DescribeStackEvents', answer.problems[0]);
}

interface OpenOperation {
  readonly what: StackOperation['what'];
  readonly events: ResourceEvent[];
  cancelled: boolean;
}

/** Events oldest first. */
export function operationsIn(events: readonly ResourceEvent[], stackId: string): readonly StackOperation[] {
  const all: OpenOperation[] = [];
  let last = '';
  for (const event of events) {
    const own = event.physicalId === stackId;
    const what = own ? startedOperation(event, last) : undefined;
    if (what) all.push({ what, events: [], cancelled: false });
    const open = all.at(-1);
    // A rollback with a token of its own during an update is a cancellation; any other rollback has the update's
    // token.
    const rollback = own && event.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && last === 'UPDATE_IN_PROGRESS';
    if (rollback && open && event.token !== open.events[0]?.token) open.cancelled = true;
    open?.events.push(event);
    if (own) last = event.status;
  }
  return all.map((each) => operationOf(each, stackId));
}

function startedOperation({ status }: ResourceEvent, last: string): StackOperation['what'] | undefined {
  const [, verb] = /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.exec(status) ?? [];
  if (verb) return verb.toLowerCase() as 'create' | 'update' | 'delete' | 'import';
  return status === 'UPDATE_ROLLBACK_IN_PROGRESS' && last === 'UPDATE_ROLLBACK_FAILED' ? 'recover' : undefined;
}

function operationOf({ what, events, cancelled }: OpenOperation, stackId: string): StackOperation {
  const own = events.filter((each) => each.physicalId === stackId);
  const last = own.at(-1);
  const status = last?.status ?? '';
  const running = status.endsWith('_IN_PROGRESS');
  const cause = cancelled ? undefined : rootCauseOf(events);
  const token = own[0]?.token;
  return {
    what,
    outcome: outcomeOf(what, status, cancelled),
    status,
    begunAt: events[0]?.at ?? 0,
    ...(running || !last ? {} : { endedAt: last.at }),
    stackId,
    ...(token === undefined ? {} : { token }),
    ...(cause ? { cause } : {}),
  };
}

function outcomeOf(what: StackOperation['what'], status: string, cancelled: boolean): StackOperation['outcome'] {
  if (status.endsWith('_IN_PROGRESS')) return 'running';
  const goal = what === 'recover' || what === 'delete' ? what : 'deploy';
  if (goalStateOf(goal, status) === 'reached') return 'succeeded';
  if (cancelled) return 'cancelled';
  return status.endsWith('ROLLBACK_COMPLETE') ? 'rolled back' : 'failed';
}
