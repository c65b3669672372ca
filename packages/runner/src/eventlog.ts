// The events of one operation: paged to its boundary, each once, oldest first, nested stacks too.
import { attempt } from './call.ts';
import type { ResourceEvent } from './events/wait.ts';
import type { StackEventOutput } from './ports/cloudformation.ts';
import { type Run, type Steps, say } from './run.ts';

export interface EventLog {
  readonly stackId: string;
  readonly token: string;
  /** Ours, and that of a cancellation of ours, whose rollback carries its own. */
  readonly tokens: Set<string>;
  /** Every EventId that was seen; a page that reaches one of them ends the paging. */
  readonly seen: Set<string>;
  /** Of the operation, oldest first. Failures and the stack's own alone: a thousand resources need no room. */
  readonly kept: ResourceEvent[];
  /** Nested stacks that the operation touches. */
  readonly nested: Set<string>;
  /** When the operation began, by the service's clock; undefined until its first event is seen. */
  begunAt: number | undefined;
  /** The token of an operation that began after ours. */
  later: string | undefined;
  readable: boolean;
}

export const eventLog = (stackId: string, token: string): EventLog => ({
  stackId,
  token,
  tokens: new Set([token]),
  seen: new Set(),
  kept: [],
  nested: new Set(),
  begunAt: undefined,
  later: undefined,
  readable: true,
});

export function viewOf(event: StackEventOutput): ResourceEvent {
  return {
    eventId: event.EventId ?? '',
    stackId: event.StackId ?? '',
    logicalId: event.LogicalResourceId ?? '',
    physicalId: event.PhysicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    at: event.Timestamp?.getTime() ?? 0,
    ...(event.ResourceStatusReason === undefined ? {} : { reason: event.ResourceStatusReason }),
    ...(event.ClientRequestToken === undefined ? {} : { token: event.ClientRequestToken }),
  };
}

const isOwn = (event: ResourceEvent, stackId: string): boolean => event.physicalId === stackId;
const opens = (event: ResourceEvent): boolean =>
  /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(event.status) ||
  (event.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && event.reason === 'User Initiated');

/** Newest first, as the service gives them, down to what was seen before or to the operation's beginning. */
async function* unseen(run: Run, log: EventLog, stackId: string): Steps<readonly ResourceEvent[] | undefined> {
  const found: ResourceEvent[] = [];
  let next: string | undefined;
  do {
    const token = next;
    const answer = yield* attempt(run, 'DescribeStackEvents', (options) =>
      run.clients.cloudFormation.describeStackEvents({ StackName: stackId, ...(token ? { NextToken: token } : {}) }, options),
    );
    if (!answer.ok) {
      // A lost answer is asked for again at the next look; only a definite no is worth a word, and only one.
      if (answer.fault.kind !== 'transient' && log.readable) {
        log.readable = false;
        yield say(run, 'I2K825', `Events cannot be read (${answer.fault.name}); the stack's status still decides.`, {
          said: answer.fault.message,
        });
      }
      // Half of a page run would set the boundary above events that were not read.
      return undefined;
    }
    let reached = false;
    for (const each of answer.value.StackEvents ?? []) {
      const event = viewOf(each);
      const before = stackId !== log.stackId && log.begunAt !== undefined && event.at < log.begunAt;
      const begins = isOwn(event, log.stackId) && event.token === log.token && opens(event);
      // The page is read to its end: an event may come to light later than one that is newer.
      reached ||= before || begins || log.seen.has(event.eventId);
      if (!before && !log.seen.has(event.eventId)) found.push(event);
    }
    if (reached) return found;
    next = answer.value.NextToken;
  } while (next);
  return found;
}

function keep(log: EventLog, event: ResourceEvent): boolean {
  log.seen.add(event.eventId);
  const own = isOwn(event, log.stackId);
  const began = log.begunAt;
  if (event.stackId === log.stackId && !log.tokens.has(event.token ?? '')) {
    if (!own || began === undefined || event.at < began) return false;
    // A rollback in the midst of our update is its cancellation, and still ours.
    const cancels = event.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && lastOwn(log)?.status === 'UPDATE_IN_PROGRESS';
    if (!cancels) {
      if (opens(event)) log.later ??= event.token ?? 'unknown';
      return false;
    }
    if (event.token) log.tokens.add(event.token);
  }
  if (own) log.begunAt ??= event.at;
  const box = event.type === 'AWS::CloudFormation::Stack' && !own && event.physicalId.startsWith('arn:');
  if (box && event.physicalId !== event.stackId) log.nested.add(event.physicalId);
  if (own || event.status.endsWith('_FAILED')) log.kept.push(event);
  return true;
}

/** Says what is new, oldest first, and gives it. Never ends a run: events explain, the status decides. */
export async function* poll(run: Run, log: EventLog): Steps<readonly ResourceEvent[]> {
  const fresh: ResourceEvent[] = [];
  const stackIds = [log.stackId];
  for (let at = 0; at < stackIds.length && log.readable; at++) {
    const found = (yield* unseen(run, log, stackIds[at] ?? '')) ?? [];
    for (const event of [...found].reverse()) {
      if (log.seen.has(event.eventId) || !keep(log, event)) continue;
      fresh.push(event);
      const why = event.reason ? `: ${event.reason}` : '';
      yield say(run, 'I2K821', `${event.logicalId} (${event.type}) ${event.status}${why}`, event);
    }
    for (const each of log.nested) if (!stackIds.includes(each)) stackIds.push(each);
  }
  return fresh;
}

/** Marks all that is there before an operation begins, so that none of it is taken for the operation's. */
export async function* markEvents(run: Run, log: EventLog): Steps<void> {
  const answer = yield* attempt(run, 'DescribeStackEvents', (options) =>
    run.clients.cloudFormation.describeStackEvents({ StackName: log.stackId }, options),
  );
  if (answer.ok) for (const each of answer.value.StackEvents ?? []) if (each.EventId) log.seen.add(each.EventId);
}

/** The stack's own status as its events told it last, for our operation alone. */
export const lastOwn = (log: EventLog): ResourceEvent | undefined => log.kept.findLast((event) => isOwn(event, log.stackId));
