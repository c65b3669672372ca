// Prints a usage error: one sentence, and how to get help.
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { wrapText } from '../output/wrapText.ts';

/** `command` is the command whose help applies, if it is known. */
export function reportUsageError(io: Io, sentence: string, command?: string): typeof exit.input {
  io.stderr.write(
    wrapText(`error: ${sentence}\nRun 'i2kit ${command ? `${command} ` : ''}--help' for usage.\n`, io.stderr),
  );
  return exit.input;
}
