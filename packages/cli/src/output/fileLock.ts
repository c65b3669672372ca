// One process at a time reads and rewrites a file.

import { dirname } from 'node:path';
import { systemCode } from '@i2kit/common';
import type { Io } from '../io.ts';

/** Milliseconds after which whoever wrote has died: a write takes a few. */
const staleAfterMs = 10_000;

/** Waits until nobody else rewrites the file; gives what lets the next one in. */
export function lockFile(io: Io, path: string): () => void {
  // A folder, because making one either succeeds or tells that it is there, on every system and network disk.
  const mark = `${path}.writing`;
  const release = () => io.files.rmSync(mark, { recursive: true, force: true });
  io.files.mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      io.files.mkdirSync(mark);
      return release;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      if (isStale(io, mark)) release();
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function isStale(io: Io, mark: string): boolean {
  try {
    return Date.now() - io.files.statSync(mark).mtimeMs > staleAfterMs;
  } catch {
    // It has just gone.
    return false;
  }
}
