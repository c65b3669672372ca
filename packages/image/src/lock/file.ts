// i2kit.lock.json on disk: it is replaced as a whole, so that no reader and no kill sees half of it.
import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { systemCode, writeFailure } from '../errors.ts';
import { lockText, readLockText } from './text.ts';
import { emptyLock, type LockFile } from './types.ts';

/** A file that is not there is an empty lock. Throws `lock-invalid`. */
export async function readLock(path: string): Promise<LockFile> {
  try {
    return readLockText(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return emptyLock;
    throw error;
  }
}

/**
 * Reads the file, changes it, and writes it where that changed it. The change is made to what the file holds now, not to
 * what was read before a build of minutes, so that another run's decisions stay. Gives what the file holds then.
 */
export async function updateLock(path: string, change: (lock: LockFile) => LockFile): Promise<LockFile> {
  const before = await readLock(path);
  const next = change(before);
  if (lockText(next) !== lockText(before)) await replace(path, lockText(next));
  return next;
}

async function replace(path: string, text: string): Promise<void> {
  // A link stays a link: what it leads to is replaced.
  const target = await realpath(path).catch(() => path);
  const part = `${target}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx', 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw writeFailure(error, path);
  }
}
