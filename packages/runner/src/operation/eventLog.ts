// Reads the events of one operation: each once, oldest first, with nested stacks, and no page beyond the operation's
// beginning.

import type { ResourceEvent } from '../events/operationEvents.ts';
import type { StackEvent } from '../ports/cloudFormation.ts';
import { callAtMostOnce } from '../run/calls.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';

export interface OperationEventLog {
  readonly stackId: string;
  readonly token: string;
  /** Token of the operation, and of its cancellation, whose rollback has its own. */
  readonly tokens: Set<string>;
  /** Every EventId read; a page that reaches one of them is the last. */
  readonly seenEventIds: Set<string>;
  /**
   * Events of the operation, oldest first. Only failures and the stack's own, so that a thousand resources need
   * little memory.
   */
  readonly events: ResourceEvent[];
  /** Nested stacks that the operation touches. */
  readonly nestedStackIds: Set<string>;
  /** The operation's start by the service's clock; undefined until its first event is read. */
  startedAt: number | undefined;
  /** The token of a later operation. */
  laterToken: string | undefined;
  readable: boolean;
}

export const newEventLog = (stackId: string, token: string): OperationEventLog => ({
  stackId,
  token,
  tokens: new Set([token]),
  seenEventIds: new Set(),
  events: [],
  nestedStackIds: new Set(),
  startedAt: undefined,
  laterToken: undefined,
  readable: true,
});

export function resourceEventOf(event: StackEvent): ResourceEvent {
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

const isStackLevelEvent = (event: ResourceEvent, stackId: string): boolean => event.physicalId === stackId;
const startsOperation = (event: ResourceEvent): boolean =>
  /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(event.status) ||
  (event.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && event.reason === 'User Initiated');

/** Newest first, as the service returns them, down to events already read or to the operation's beginning. */
async function* readUnseenEvents(
  run: Run,
  log: OperationEventLog,
  stackId: string,
): RunGenerator<readonly ResourceEvent[] | undefined> {
  const found: ResourceEvent[] = [];
  let next: string | undefined;
  do {
    const token = next;
    const answer = yield* callAtMostOnce(run, 'DescribeStackEvents', (options) =>
      run.clients.cloudFormation.describeStackEvents(
        { StackName: stackId, ...(token ? { NextToken: token } : {}) },
        options,
      ),
    );
    if (!answer.ok) {
      // A lost response is repeated with the next poll; only a definite error is reported, once.
      if (answer.problems[0].kind !== 'transient' && log.readable) {
        log.readable = false;
        yield runEvent(
          run,
          'I2K825',
          `Events cannot be read (${answer.problems[0].name}); the stack's status still decides.`,
          {
            said: answer.problems[0].message,
          },
        );
      }
      // A partly read page run would set the boundary above unread events.
      return undefined;
    }
    let reached = false;
    for (const each of answer.value.StackEvents ?? []) {
      const event = resourceEventOf(each);
      const before = stackId !== log.stackId && log.startedAt !== undefined && event.at < log.startedAt;
      const begins = isStackLevelEvent(event, log.stackId) && event.token === log.token && startsOperation(event);
      // Read the page to its end: an event may appear later than a newer one.
      reached ||= before || begins || log.seenEventIds.has(event.eventId);
      if (!before && !log.seenEventIds.has(event.eventId)) found.push(event);
    }
    if (reached) return found;
    next = answer.value.NextToken;
  } while (next);
  return found;
}

function recordEvent(log: OperationEventLog, event: ResourceEvent): boolean {
  log.seenEventIds.add(event.eventId);
  const own = isStackLevelEvent(event, log.stackId);
  const began = log.startedAt;
  if (event.stackId === log.stackId && !log.tokens.has(event.token ?? '')) {
    if (!own || began === undefined || event.at < began) return false;
    // A rollback during this run's update is its cancellation, and belongs to the operation.
    const cancels =
      event.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && lastStackEvent(log)?.status === 'UPDATE_IN_PROGRESS';
    if (!cancels) {
      if (startsOperation(event)) log.laterToken ??= event.token ?? 'unknown';
      return false;
    }
    if (event.token) log.tokens.add(event.token);
  }
  if (own) log.startedAt ??= event.at;
  const box = event.type === 'AWS::CloudFormation::Stack' && !own && event.physicalId.startsWith('arn:');
  if (box && event.physicalId !== event.stackId) log.nestedStackIds.add(event.physicalId);
  if (own || event.status.endsWith('_FAILED')) log.events.push(event);
  return true;
}

/** Emits new events, oldest first, and returns them. Never ends a run: events explain, the status decides. */
export async function* pollEvents(run: Run, log: OperationEventLog): RunGenerator<readonly ResourceEvent[]> {
  const fresh: ResourceEvent[] = [];
  const stackIds = [log.stackId];
  for (let at = 0; at < stackIds.length && log.readable; at++) {
    const found = (yield* readUnseenEvents(run, log, stackIds[at] ?? '')) ?? [];
    for (const event of [...found].reverse()) {
      if (log.seenEventIds.has(event.eventId) || !recordEvent(log, event)) continue;
      fresh.push(event);
      const why = event.reason ? `: ${event.reason}` : '';
      yield runEvent(run, 'I2K821', `${event.logicalId} (${event.type}) ${event.status}${why}`, event);
    }
    for (const each of log.nestedStackIds) if (!stackIds.includes(each)) stackIds.push(each);
  }
  return fresh;
}

/** Marks all existing events before an operation starts, so that none of them is attributed to it. */
export async function* markEventsSeen(run: Run, log: OperationEventLog): RunGenerator<void> {
  const answer = yield* callAtMostOnce(run, 'DescribeStackEvents', (options) =>
    run.clients.cloudFormation.describeStackEvents({ StackName: log.stackId }, options),
  );
  if (answer.ok)
    for (const each of answer.value.StackEvents ?? []) if (each.EventId) log.seenEventIds.add(each.EventId);
}

/** The stack's own status in the latest event of this operation. */
export const lastStackEvent = (log: OperationEventLog): ResourceEvent | undefined =>
  log.events.findLast((event) => isStackLevelEvent(event, log.stackId));
