// Lets one process at a time rewrite a file.

import { dirname } from 'node:path';
import { systemCode } from '@i2kit/common';
import type { Io } from '../io.ts';

/** Milliseconds after which a lock's owner is presumed dead: a write takes a few. */
const staleAfterMs = 10_000;

/** Waits until no other process rewrites the file; returns the function that releases it. */
export function lockFile(io: Io, path: string): () => void {
  // A directory, because creating one is atomic on every system and network disk.
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
    // It was released meanwhile.
    return false;
  }
}
