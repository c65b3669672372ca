// What is said where the words of a command line make no sense: one sentence, and where help is.
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { wrapText } from '../output/wrapText.ts';

/** `command` is the one whose help would help, if it is known. */
export function reportUsageError(io: Io, sentence: string, command?: string): typeof exit.input {
  io.stderr.write(
    wrapText(`error: ${sentence}\nRun 'i2kit ${command ? `${command} ` : ''}--help' for usage.\n`, io.stderr),
  );
  return exit.input;
}
