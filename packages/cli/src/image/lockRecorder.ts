// Writes decisions about images to the lock file as they are made, so that an interrupted run loses none.
import type { Lock } from '@i2kit/compiler';
import { ImageError } from '@i2kit/image';
import type { LockFile } from '../config/lockFile.ts';
import { lockOutput, sameLock } from '../config/lockFile.ts';
import type { Io } from '../io.ts';
import { writeFiles } from '../output/writeFiles.ts';

export interface LockRecorder {
  /** The current lock. */
  lock(): Lock;
  update(change: (lock: Lock) => Lock): void;
}

export function lockRecorder(io: Io, read: LockFile): LockRecorder {
  let current: Lock = read.lock ?? { version: 1 };
  return {
    lock: () => current,
    update(change) {
      const next = change(current);
      if (sameLock(current, next)) return;
      const [wrong] = writeFiles(io, lockOutput({ ...read, lock: current }, next));
      if (wrong) throw new ImageError('input-invalid', `${read.name}: ${wrong.message}.`);
      current = next;
    },
  };
}
