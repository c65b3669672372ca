// The result of a run: the last event of its stream carries it.
import type { RootCause } from '../operation/rootCause.ts';
import type { BlockingResource } from '../stack/resources.ts';

/**
 * - `succeeded`: verified to be complete, for the operation that this run started or watched
 * - `unchanged`: there was nothing to do
 * - `failed`: AWS, or the deployment, failed
 * - `refused`: a guard refused; nothing was written
 * - `running`: it continues, or may continue, unwatched
 * - `interrupted`: the same, by the user's Ctrl-C
 * - `detached`: the same, as requested from the start
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

/** The reason for programs; the message is for people. */
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
  /** The next step for the user. */
  readonly hint?: string;
  readonly stackName: string;
  readonly stackId?: string;
  /** The stack's last known status. */
  readonly status?: string;
  readonly changeSetId?: string;
  /** The first failed resource; kept after the rollback. */
  readonly cause?: RootCause;
  /** The resources that block a rollback or a deletion. */
  readonly held?: readonly BlockingResource[];
  /** The command that resumes watching, if there is an operation to watch. */
  readonly resume?: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

export const exitCodeOf = (result: Result): 0 | 3 | 4 | 5 | 130 => exitCodes[result.outcome];
