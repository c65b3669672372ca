// Decisions about images go into the lock file as they are made: a run that is stopped has lost none.
import type { Lock } from '@i2kit/compiler';
import { ImageError } from '@i2kit/image';
import type { Io } from '../io.ts';
import { writeAll } from '../output/write.ts';
import type { ReadLock } from '../settings/lock.ts';
import { sameLock } from '../settings/lock-text.ts';
import { lockOutput } from '../settings/lock-write.ts';

export interface Recorder {
  /** As it is now. */
  lock(): Lock;
  change(change: (lock: Lock) => Lock): void;
}

export function recorder(io: Io, read: ReadLock): Recorder {
  let current: Lock = read.lock ?? { version: 1 };
  return {
    lock: () => current,
    change(change) {
      const next = change(current);
      if (sameLock(current, next)) return;
      const [wrong] = writeAll(io, lockOutput({ ...read, lock: current }, next));
      if (wrong) throw new ImageError('input-invalid', `${read.name}: ${wrong.message}.`);
      current = next;
    },
  };
}
