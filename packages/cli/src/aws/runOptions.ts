// Options of every operation: timeout, abort signal, the command that resumes it, and the lease on its stack.

import { hostname, userInfo } from 'node:os';
import type { ExecuteOptions, LeaseOptions, RunOptions } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { parseDuration } from '../duration.ts';
import type { Io } from '../io.ts';
import { typedCommand } from '../output/interrupt.ts';

export const runOptions = ({ io, values }: Context, signal: AbortSignal): RunOptions => ({
  signal,
  command: typedCommand(io),
  ...(values.timeout !== undefined && { timeoutMs: parseDuration(values.timeout) ?? 3_600_000 }),
});

/** Execution options from the flags of `apply`. */
export const executeOptions = (context: Context, signal: AbortSignal): ExecuteOptions => ({
  ...runOptions(context, signal),
  waitForTargets: true,
  lease: leaseOptions(context.io),
  detach: context.values.detach ?? false,
  disableRollback: context.values.rollback === false,
  cancelOnInterrupt: context.values['cancel-on-interrupt'] ?? false,
  ...(context.values['allow-replace'] && { allowReplace: context.values['allow-replace'] }),
});

/**
 * The lease on a stack, if its environment has a bucket. Two minutes at a time: a killed run delays the next one at
 * most that long.
 */
export const leaseOptions = ({ runtime }: Io): LeaseOptions => ({
  ms: 120_000,
  holder: `${userName()}@${hostname()}, process ${runtime.pid}`,
});

/** A container may run with a user id that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'someone';
  }
}
