// Events 80x to 86x and 89x: reviews, executions, stack operations, calls to AWS, and results.

import type { ErrorKind } from '@i2kit/aws';
import type { RootCause } from '../operation/rootCause.ts';
import type { ApiAction } from '../ports/cloudFormation.ts';
import type { Result } from '../run/result.ts';
import type { EndangeredResource } from '../stack/dataLossGuard.ts';
import type { BlockingResource } from '../stack/resources.ts';
import type { StackReadiness } from '../stack/status.ts';
import type { StackGraphSummary } from '../stackGraph/summary.ts';
import { defineEvent } from './entry.ts';

/** Events 80x: reviews. */
export const reviewEvents = {
  I2K801: defineEvent<{ templateHash: string; inputHash: string }>('debug', 'A review started.'),
  I2K802: defineEvent<{ stackId?: string; status?: string; standing: StackReadiness }>(
    'info',
    'The stack was described.',
  ),
  I2K803: defineEvent<{ changeSetId: string; type: 'CREATE' | 'UPDATE' }>('info', 'The change set was created.'),
  I2K804: defineEvent<{ changeSetId: string; changes: number; endangered: readonly EndangeredResource[] }>(
    'info',
    'The change set can be executed.',
  ),
  I2K805: defineEvent<{ said: string }>('info', 'CloudFormation found no changes.'),
  I2K806: defineEvent<{ changeSetId: string }>('debug', 'A change set that cannot be executed was deleted.'),
  I2K807: defineEvent<{ changeSetId: string; said: string }>(
    'warn',
    'A change set that cannot be executed could not be deleted.',
  ),
  I2K808: defineEvent<{ key: string; bytes: number }>('info', 'A large template was uploaded to the bucket.'),
  I2K809: defineEvent<{ because: string }>('info', 'No change set can exist yet: the review holds only hashes.'),
} as const;

/** Events 81x: execution of a review. */
export const executeEvents = {
  I2K811: defineEvent<{ account: string; region: string }>('debug', 'Account and region are the expected ones.'),
  I2K812: defineEvent<{ stackId: string; status: string }>(
    'warn',
    'A stack whose creation failed is deleted first; it holds no data.',
  ),
  I2K813: defineEvent<{ changeSetId: string; token: string }>(
    'info',
    'CloudFormation accepted the change set for execution.',
  ),
  I2K814: defineEvent<{ token: string; status?: string }>(
    'info',
    'An earlier run of the same input is in progress, and this run watches it.',
  ),
  I2K815: defineEvent<{ changeSetId: string; found: string }>(
    'info',
    'A response was lost; the outcome of the request was looked up.',
  ),
  I2K816: defineEvent<{ holder: string; until: number }>('debug', 'This run holds the lease on the stack.'),
  I2K817: defineEvent<{ holder: string; until: number }>(
    'info',
    'Another run holds the lease on the stack: waiting to see whether that run is alive.',
  ),
  I2K818: defineEvent<{ said: string }>('warn', "The bucket gives no lease; only CloudFormation's own guards apply."),
} as const;

/** Events 82x: progress of a stack operation. One event of CloudFormation, of the stack or of a nested stack. */
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
  I2K821: defineEvent<ResourceEvent>('info', 'The status of a resource, or of the stack, changed.'),
  I2K822: defineEvent<{ stackId: string; status: string }>('info', 'The stack has another status than before.'),
  I2K823: defineEvent<RootCause>('error', 'The first resource failed: the root cause.'),
  I2K824: defineEvent<{ logicalId: string; evidence: readonly string[] }>(
    'error',
    'Diagnostics of the machines of a failed group, read before they are terminated.',
  ),
  I2K825: defineEvent<{ said: string }>('warn', "Events cannot be read; the stack's status still decides."),
  I2K826: defineEvent<{
    inService: number;
    wanted: number;
    healthy: number;
    total: number;
    reasons: readonly string[];
  }>('info', 'The stack is complete; waiting for its machines and targets.'),
  I2K827: defineEvent<{ token: string }>(
    'warn',
    "Another operation started on the stack after this run's operation ended.",
  ),
} as const;

/** Events 83x to 86x: deletion, recovery and cancellation, several stacks, and calls to AWS. */
export const destroyEvents = {
  I2K831: defineEvent<{ stackId: string; status: string }>('info', 'The stack to be deleted was found.'),
  I2K832: defineEvent<{ stackId: string; token: string; retain: readonly string[] }>(
    'info',
    'CloudFormation accepted the deletion.',
  ),
} as const;

export const recoverEvents = {
  I2K841: defineEvent<{ stackId: string; held: readonly BlockingResource[] }>(
    'warn',
    'The resources that block the rollback.',
  ),
  I2K842: defineEvent<{ stackId: string; token: string; skip: readonly string[] }>(
    'info',
    'CloudFormation continues the rollback.',
  ),
  I2K843: defineEvent<{ stackId: string; token: string }>(
    'info',
    'CloudFormation cancels the update and rolls it back.',
  ),
} as const;

export const stackGraphEvents = {
  I2K851: defineEvent<{ order: readonly string[]; concurrency: number }>(
    'debug',
    'Several stacks are deployed, each after its dependencies.',
  ),
  I2K852: defineEvent<{ because: string }>(
    'warn',
    'A stack is skipped, because one of its dependencies did not succeed.',
  ),
} as const;

export const transportEvents = {
  I2K861: defineEvent<{ action: ApiAction; fault: ErrorKind; said: string; delayMs: number }>(
    'debug',
    'A call is repeated.',
  ),
  I2K862: defineEvent<{ action: ApiAction }>('info', 'Expired credentials were renewed.'),
} as const;

/** Events 89x: results. Exactly one ends every stream; 899 ends that of several stacks. */
export const resultEvents = {
  I2K890: defineEvent<Result>('result', 'The run succeeded.'),
  I2K891: defineEvent<Result>('result', 'There was nothing to do.'),
  I2K892: defineEvent<Result>('result', 'It failed.'),
  I2K893: defineEvent<Result>('result', 'A guard refused the run.'),
  I2K894: defineEvent<Result>(
    'result',
    'The operation continues unwatched: the deadline has passed, or it can no longer be read.',
  ),
  I2K895: defineEvent<Result>('result', 'The user interrupted the run.'),
  I2K896: defineEvent<Result>('result', 'The operation continues unwatched, as requested.'),
  I2K899: defineEvent<StackGraphSummary>('result', 'Several stacks have ended; with a result for each.'),
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
