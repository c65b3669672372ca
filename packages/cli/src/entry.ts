// Where the bundle begins: bin/i2kit.js calls `run` once it has loaded it.

import { systemCode } from '@i2kit/common';
import { main } from './main.ts';
import { reportUnexpectedError } from './output/unexpectedError.ts';
import { processIo } from './processIo.ts';

/**
 * Sets the exit code and lets the process end by itself. True where the compiler was loaded: what V8 has compiled by
 * then is worth keeping for the next start.
 */
export async function run(folder: string): Promise<boolean> {
  const io = processIo(folder);
  // What no promise of ours awaits: a stream that fails by itself.
  process.on('uncaughtException', (error) =>
    process.exit(systemCode(error) === 'EPIPE' ? 0 : reportUnexpectedError(io, error)),
  );
  let loaded = false;
  process.exitCode = await main(io, async () => {
    loaded = true;
    return (await import('./compiler.ts')).compiler;
  });
  return loaded;
}
