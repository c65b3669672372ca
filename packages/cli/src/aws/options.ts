// What every operation is given: when to stop, and what the user would type to go on.
import type { ExecuteOptions, RunOptions } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { duration } from '../duration.ts';
import { typed } from './interrupt.ts';
import { lease } from './lease.ts';

export const runOptions = ({ io, values }: Context, signal: AbortSignal): RunOptions => ({
  signal,
  command: typed(io),
  ...(values.timeout !== undefined && { timeoutMs: duration(values.timeout) ?? 3_600_000 }),
});

/** What the flags of `apply` say of an execution. */
export const executeOptions = (context: Context, signal: AbortSignal): ExecuteOptions => ({
  ...runOptions(context, signal),
  waitForTargets: true,
  lease: lease(context.io),
  detach: context.values.detach ?? false,
  disableRollback: context.values.rollback === false,
  cancelOnInterrupt: context.values['cancel-on-interrupt'] ?? false,
  ...(context.values['allow-replace'] && { allowReplace: context.values['allow-replace'] }),
});
