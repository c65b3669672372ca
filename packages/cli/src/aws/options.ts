// What every operation is given: when to stop, and what the user would type to go on.
import type { RunOptions } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { duration } from '../duration.ts';
import { typed } from './interrupt.ts';

export const runOptions = ({ io, values }: Context, signal: AbortSignal): RunOptions => ({
  signal,
  command: typed(io),
  ...(values.timeout !== undefined && { timeoutMs: duration(values.timeout) ?? 3_600_000 }),
});
