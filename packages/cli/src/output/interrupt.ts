// Handles Ctrl-C: the first detaches from AWS and prints how to resume, the second ends the process.
import type { Io } from '../io.ts';

export interface InterruptListener {
  readonly signal: AbortSignal;
  /** Restores the default handling of Ctrl-C. */
  release(): void;
}

export function listenForInterrupt(io: Io): InterruptListener {
  const controller = new AbortController();
  const off = io.onInterrupt?.(() => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  return { signal: controller.signal, release: () => off?.() };
}

/** The command as it was typed, to run it again. */
export const typedCommand = (io: Io): string => ['i2kit', ...io.argv].map(shellQuoted).join(' ');

const shellQuoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
