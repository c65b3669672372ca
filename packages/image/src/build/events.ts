// What a build says while it goes on.

export type BuildStep = 'check' | 'linuxkit' | 'stub' | 'squashfs' | 'disk';

export type BuildEvent =
  /** Nothing to do: the disk is there. */
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'step'; readonly step: BuildStep }
  /** A line of a tool's output; all of them are kept in the log file, too. */
  | { readonly kind: 'line'; readonly step: BuildStep; readonly text: string }
  /** Bytes of the disk that are written. */
  | { readonly kind: 'written'; readonly done: number; readonly total: number }
  | { readonly kind: 'warning'; readonly message: string };
