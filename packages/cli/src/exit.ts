// What the process's exit code means, to scripts and to CI.
export const exit = {
  fine: 0,
  /** Something differs: no error, and not nothing. */
  differs: 1,
  /** Bad input or wrong usage: the user has to change something. */
  input: 2,
  /** AWS, or the deployment, failed. */
  failed: 3,
  /** A guard said no; nothing was written. */
  refused: 4,
  /** The time is over; it goes on in AWS. */
  running: 5,
  /** The user pressed Ctrl-C. */
  interrupted: 130,
  /** An exception that nobody caught: a bug of ours. */
  bug: 70,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];
