// Options of every operation: when to stop, the command that resumes it, and the lease on its stack.

import { hostname, userInfo } from 'node:os';
import type { ExecuteOptions, LeaseOptions, RunOptions } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { parseDuration } from '../duration.ts';
import type { Io } from '../io.ts';
import { typedCommand } from '../output/interrupt.ts';

// What every operation is given: when to stop, and what the user would type to go on.

export const runOptions = ({ io, values }: Context, signal: AbortSignal): RunOptions => ({
  signal,
  command: typedCommand(io),
  ...(values.timeout !== undefined && { timeoutMs: parseDuration(values.timeout) ?? 3_600_000 }),
});

/** What the flags of `apply` say of an execution. */
export const executeOptions = (context: Context, signal: AbortSignal): ExecuteOptions => ({
  ...runOptions(context, signal),
  waitForTargets: true,
  lease: leaseOptions(context.io),
  detach: context.values.detach ?? false,
  disableRollback: context.values.rollback === false,
  cancelOnInterrupt: context.values['cancel-on-interrupt'] ?? false,
  ...(context.values['allow-replace'] && { allowReplace: context.values['allow-replace'] }),
});

// The lease that a command takes on its stack, where the environment has a bucket.

/** Two minutes at a time: so long a run that was killed may keep the next one waiting. */
export const leaseOptions = ({ runtime }: Io): LeaseOptions => ({
  ms: 120_000,
  holder: `${userName()}@${hostname()}, process ${runtime.pid}`,
});

/** A container may run as a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'someone';
  }
}
