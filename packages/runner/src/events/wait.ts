// Events 82x: what happens in a stack while it is waited for.
import type { Cause } from '../cause.ts';
import { entry } from './entry.ts';

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

export const wait = {
  I2K821: entry<ResourceEvent>('info', 'Something happened to a resource, or to the stack.'),
  I2K822: entry<{ stackId: string; status: string }>('info', 'The stack has another status.'),
  I2K823: entry<Cause>('error', 'The first resource failed: the root cause.'),
  I2K824: entry<{ logicalId: string; evidence: readonly string[] }>('error', 'What the machines of a failed group said before they went.'),
  I2K825: entry<{ said: string }>('warn', 'Events cannot be read; the status still decides.'),
  I2K826: entry<{ inService: number; wanted: number; healthy: number; total: number; reasons: readonly string[] }>(
    'info',
    'The stack is complete; its machines and targets are waited for.',
  ),
  I2K827: entry<{ token: string }>('warn', 'Another operation began on the stack after ours had ended.'),
} as const;
