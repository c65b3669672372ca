// Ctrl-C: the first one lets go of AWS and says how to resume, the second one ends the process.
import type { Io } from '../io.ts';

export interface InterruptListener {
  readonly signal: AbortSignal;
  /** Ctrl-C is the process's own again. */
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

/** The command that was typed, to be typed again. */
export const typedCommand = (io: Io): string => ['i2kit', ...io.argv].map(shellQuoted).join(' ');

const shellQuoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
