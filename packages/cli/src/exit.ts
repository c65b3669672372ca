// Exit codes of the process, for scripts and CI.
import type { Outcome } from '@i2kit/common';

export const exit = {
  fine: 0,
  /** Differences were found; not an error. */
  differs: 1,
  /** Bad input or wrong usage: the user has to change something. */
  input: 2,
  /** AWS, or the deployment, failed. */
  failed: 3,
  /** A guard refused; nothing was written. */
  refused: 4,
  /** Timed out; the operation continues in AWS. */
  running: 5,
  /** Ctrl-C was pressed. */
  interrupted: 130,
  /** An unexpected exception: a bug. */
  bug: 70,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

/** A value, or the exit code of a failure that has been reported. */
export type Reported<T> = Outcome<T, ExitCode>;
