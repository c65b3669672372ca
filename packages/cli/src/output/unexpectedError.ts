// Prints an unexpected exception as a bug, and how to report it.
import { errorMessage } from '@i2kit/common';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { version } from '../version.ts';

export function reportUnexpectedError(io: Io, error: unknown): typeof exit.bug {
  const loud = io.argv.some((word) => word === '--verbose' || (/^-[a-zA-Z]+$/.test(word) && word.includes('v')));
  const stack =
    typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : 'No stack trace.';
  const lines = [
    `i2kit failed: ${errorMessage(error)}`,
    'This is a bug in i2kit, not in your manifests. Please report it, with the command, the manifests that show it,',
    loud ? 'and what follows.' : 'and what the same command prints with -v.',
    ...(loud ? [stack, `i2kit ${version}, node ${io.runtime.node}, ${io.runtime.platform} ${io.runtime.arch}`] : []),
  ];
  try {
    io.stderr.write(`${lines.join('\n')}\n`);
  } catch {
    // Standard error is closed; the exit code still reports the failure.
  }
  return exit.bug;
}
