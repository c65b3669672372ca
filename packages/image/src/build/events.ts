// The events of a build.

export type BuildStep = 'check' | 'linuxkit' | 'stub' | 'squashfs' | 'disk';

export type BuildEvent =
  /** Nothing to do: the disk exists. */
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'step'; readonly step: BuildStep }
  /** A line of a tool's output; the log file holds all of them, too. */
  | { readonly kind: 'line'; readonly step: BuildStep; readonly text: string }
  /** Bytes of the disk written so far. */
  | { readonly kind: 'written'; readonly done: number; readonly total: number }
  | { readonly kind: 'warning'; readonly message: string };
