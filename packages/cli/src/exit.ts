// What the process's exit code means, to scripts and to CI.
export const exit = {
  fine: 0,
  /** Bad input or wrong usage: the user has to change something. */
  input: 2,
  /** An exception that nobody caught: a bug of ours. */
  bug: 70,
} as const;

export type Exit = (typeof exit)[keyof typeof exit];
