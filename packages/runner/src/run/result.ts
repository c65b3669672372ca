// How a run ended: the one thing that its stream of events ends in.
import type { RootCause } from '../operation/rootCause.ts';
import type { BlockingResource } from '../stack/resources.ts';

/**
 * - `succeeded`: seen to be complete, for the operation that this run began or took over
 * - `unchanged`: there was nothing to do
 * - `failed`: AWS, or the deployment, failed
 * - `refused`: a guard said no; nothing was written
 * - `running`: it goes on, or may go on, and nobody is watching it any more
 * - `interrupted`: the same, by the user's wish
 * - `detached`: the same, as it was asked for from the start
 */
export type Outcome = 'succeeded' | 'unchanged' | 'failed' | 'refused' | 'running' | 'interrupted' | 'detached';

export const exitCodes: Readonly<Record<Outcome, 0 | 3 | 4 | 5 | 130>> = {
  succeeded: 0,
  unchanged: 0,
  detached: 0,
  failed: 3,
  refused: 4,
  running: 5,
  interrupted: 130,
};

/** Why it did not succeed, for programs; the message says it for people. */
export type Reason =
  | 'absent'
  | 'account'
  | 'region'
  | 'busy'
  | 'changed-input'
  | 'data'
  | 'delete-failed'
  | 'denied'
  | 'deadline'
  | 'deployment'
  | 'expired'
  | 'foreign'
  | 'interrupted'
  | 'invalid'
  | 'leased'
  | 'network'
  | 'obsolete'
  | 'protected'
  | 'recover-first'
  | 'replacement'
  | 'superseded'
  | 'taken'
  | 'too-large'
  | 'unhealthy'
  | 'unkept'
  | 'unknown';

export interface Result {
  readonly outcome: Outcome;
  readonly reason?: Reason;
  /** One or two sentences for a person. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly stackName: string;
  readonly stackId?: string;
  /** The stack's status when it was last seen. */
  readonly status?: string;
  readonly changeSetId?: string;
  /** The first failed resource; kept after the rollback. */
  readonly cause?: RootCause;
  /** What holds up a rollback or a deletion. */
  readonly held?: readonly BlockingResource[];
  /** The command that goes on watching, where there is something to watch. */
  readonly resume?: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

export const exitCodeOf = (result: Result): 0 | 3 | 4 | 5 | 130 => exitCodes[result.outcome];
