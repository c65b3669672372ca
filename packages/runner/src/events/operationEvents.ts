// Events 80x to 86x and 89x: reviews, executions, stack operations, calls to AWS, and results.

import type { RootCause } from '../operation/rootCause.ts';
import type { ApiAction } from '../ports/cloudFormation.ts';
import type { Result } from '../run/result.ts';
import type { ErrorKind } from '../sdk/errorClassification.ts';
import type { EndangeredResource } from '../stack/dataLossGuard.ts';
import type { BlockingResource } from '../stack/resources.ts';
import type { StackReadiness } from '../stack/status.ts';
import type { StackGraphSummary } from '../stackGraph/summary.ts';
import { defineEvent } from './entry.ts';

// Events 80x: a review is made.

export const reviewEvents = {
  I2K801: defineEvent<{ templateHash: string; inputHash: string }>('debug', 'A review is begun.'),
  I2K802: defineEvent<{ stackId?: string; status?: string; standing: StackReadiness }>(
    'info',
    'The stack was looked at.',
  ),
  I2K803: defineEvent<{ changeSetId: string; type: 'CREATE' | 'UPDATE' }>('info', 'The change set is there.'),
  I2K804: defineEvent<{ changeSetId: string; changes: number; endangered: readonly EndangeredResource[] }>(
    'info',
    'The change set can be executed.',
  ),
  I2K805: defineEvent<{ said: string }>('info', 'CloudFormation found nothing to change.'),
  I2K806: defineEvent<{ changeSetId: string }>('debug', 'A change set that cannot be executed was removed.'),
  I2K807: defineEvent<{ changeSetId: string; said: string }>(
    'warn',
    'A change set that cannot be executed could not be removed.',
  ),
  I2K808: defineEvent<{ key: string; bytes: number }>('info', 'A large template is in the bucket.'),
  I2K809: defineEvent<{ because: string }>('info', 'No change set can exist yet: the review holds hashes alone.'),
} as const;

// Events 81x: what was reviewed is executed.

export const executeEvents = {
  I2K811: defineEvent<{ account: string; region: string }>('debug', 'Account and region are those that are meant.'),
  I2K812: defineEvent<{ stackId: string; status: string }>(
    'warn',
    'A stack whose creation failed is deleted first; nothing in it holds data.',
  ),
  I2K813: defineEvent<{ changeSetId: string; token: string }>(
    'info',
    'CloudFormation has taken the change set for execution.',
  ),
  I2K814: defineEvent<{ token: string; status?: string }>(
    'info',
    'An earlier run of the same input is under way and is taken over.',
  ),
  I2K815: defineEvent<{ changeSetId: string; found: string }>(
    'info',
    'An answer was lost; it was looked up what became of the request.',
  ),
  I2K816: defineEvent<{ holder: string; until: number }>('debug', 'The lease on the stack is ours.'),
  I2K817: defineEvent<{ holder: string; until: number }>(
    'info',
    'Another run has the lease on the stack: it is waited whether that one lives.',
  ),
  I2K818: defineEvent<{ said: string }>('warn', "The bucket gives no lease; CloudFormation's own guards have to do."),
} as const;

// Events 82x: what happens in a stack while it is waited for.

/** One event of CloudFormation's, of the stack or of one nested in it. */
export interface ResourceEvent {
  readonly eventId: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  /** Milliseconds since the epoch, by the service's clock. */
  readonly at: number;
  readonly token?: string;
}

export const waitEvents = {
  I2K821: defineEvent<ResourceEvent>('info', 'Something happened to a resource, or to the stack.'),
  I2K822: defineEvent<{ stackId: string; status: string }>('info', 'The stack has another status.'),
  I2K823: defineEvent<RootCause>('error', 'The first resource failed: the root cause.'),
  I2K824: defineEvent<{ logicalId: string; evidence: readonly string[] }>(
    'error',
    'What the machines of a failed group said before they went.',
  ),
  I2K825: defineEvent<{ said: string }>('warn', 'Events cannot be read; the status still decides.'),
  I2K826: defineEvent<{
    inService: number;
    wanted: number;
    healthy: number;
    total: number;
    reasons: readonly string[];
  }>('info', 'The stack is complete; its machines and targets are waited for.'),
  I2K827: defineEvent<{ token: string }>('warn', 'Another operation began on the stack after ours had ended.'),
} as const;

// Events 83x to 86x: deletion, recovery and cancelling, several stacks, and the way to the service.

export const destroyEvents = {
  I2K831: defineEvent<{ stackId: string; status: string }>('info', 'The stack to be deleted was found.'),
  I2K832: defineEvent<{ stackId: string; token: string; retain: readonly string[] }>(
    'info',
    'CloudFormation has taken the deletion.',
  ),
} as const;

export const recoverEvents = {
  I2K841: defineEvent<{ stackId: string; held: readonly BlockingResource[] }>('warn', 'What holds up the rollback.'),
  I2K842: defineEvent<{ stackId: string; token: string; skip: readonly string[] }>(
    'info',
    'CloudFormation goes on with the rollback.',
  ),
  I2K843: defineEvent<{ stackId: string; token: string }>(
    'info',
    'CloudFormation cancels the update and rolls it back.',
  ),
} as const;

export const stackGraphEvents = {
  I2K851: defineEvent<{ order: readonly string[]; concurrency: number }>(
    'debug',
    'Several stacks are begun, each after those it depends on.',
  ),
  I2K852: defineEvent<{ because: string }>(
    'warn',
    'A stack is not begun, because one that it depends on did not succeed.',
  ),
} as const;

export const transportEvents = {
  I2K861: defineEvent<{ action: ApiAction; fault: ErrorKind; said: string; delayMs: number }>(
    'debug',
    'A call is made again.',
  ),
  I2K862: defineEvent<{ action: ApiAction }>('info', 'Expired credentials were read anew.'),
} as const;

// Events 89x: the end; exactly one ends every stream, 899 that of several stacks.

export const resultEvents = {
  I2K890: defineEvent<Result>('result', 'It succeeded.'),
  I2K891: defineEvent<Result>('result', 'There was nothing to do.'),
  I2K892: defineEvent<Result>('result', 'It failed.'),
  I2K893: defineEvent<Result>('result', 'A guard refused it.'),
  I2K894: defineEvent<Result>('result', 'It goes on unwatched: the deadline is over, or it can no longer be seen.'),
  I2K895: defineEvent<Result>('result', 'The user interrupted the watching.'),
  I2K896: defineEvent<Result>('result', 'It goes on unwatched, as was asked for.'),
  I2K899: defineEvent<StackGraphSummary>('result', 'Several stacks have ended; a result for each.'),
} as const;

export const resultCodes = {
  succeeded: 'I2K890',
  unchanged: 'I2K891',
  failed: 'I2K892',
  refused: 'I2K893',
  running: 'I2K894',
  interrupted: 'I2K895',
  detached: 'I2K896',
} as const;
