// Events 878 to 880: what was done to a stack, and what is kept of it.
import type { Cause } from '../cause.ts';
import { entry } from './entry.ts';

/** One operation on a stack, of its own events and of what is kept in the environment's bucket. */
export interface StackOperation {
  /** Number of the revision that it executed; absent where none was kept. */
  readonly revision?: number;
  readonly what: 'create' | 'update' | 'delete' | 'import' | 'recover';
  readonly outcome: 'succeeded' | 'failed' | 'rolled back' | 'cancelled' | 'running' | 'unknown';
  /** The stack's status that it ended in, or is in; empty where events are no longer there. */
  readonly status: string;
  /** Milliseconds since the epoch, by the service's clock. */
  readonly begunAt: number;
  readonly endedAt?: number;
  readonly stackId: string;
  /** Of an apply: the change set's name. */
  readonly token?: string;
  readonly templateHash?: string;
  readonly inputHash?: string;
  readonly cause?: Cause;
  /** True of the one whose template the stack has now. */
  readonly current?: true;
}

export const history = {
  I2K878: entry<{ revision: number; templateHash: string }>(
    'debug',
    'What is about to be executed is kept, so that it can be gone back to.',
  ),
  I2K879: entry<{ said: string }>('warn', 'What is about to be executed could not be kept.'),
  I2K880: entry<StackOperation>('info', 'An operation of the past, or the one under way.'),
} as const;
