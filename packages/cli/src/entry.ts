// Entry point of the main bundle: bin/i2kit.js calls `run` after loading it.

import { systemCode } from '@i2kit/common';
import { main } from './main.ts';
import { isClosedOutput } from './output/outputError.ts';
import { reportUnexpectedError } from './output/unexpectedError.ts';
import { processIo } from './processIo.ts';

/**
 * Sets the exit code and lets the process end by itself. True if the compiler was loaded: V8's compiled code is then
 * worth caching for the next start.
 */
export async function run(folder: string): Promise<boolean> {
  const io = processIo(folder);
  // Errors outside any awaited promise: a stream that fails by itself.
  process.on('uncaughtException', (error) =>
    process.exit(isClosedOutput(error) || systemCode(error) === 'EPIPE' ? 0 : reportUnexpectedError(io, error)),
  );
  let loaded = false;
  process.exitCode = await main(io, async () => {
    loaded = true;
    return (await import('./compiler.ts')).compiler;
  });
  // A source of credentials that does not answer would keep the process alive.
  setTimeout(() => process.exit(), lingerMs).unref();
  return loaded;
}

/** Milliseconds for which open connections may outlive a command. */
const lingerMs = 2_000;
