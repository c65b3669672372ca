// A lock that one process of several holds while it makes what all of them need.
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const patience = 15 * 60_000;

/** Holds a lock file while `work` runs. The file holds its owner's pid and appears whole (link is atomic), so a dead owner's is told from a live one's. */
export async function locked(path, work) {
  const own = `${path}.${randomUUID()}`;
  const deadline = Date.now() + patience;
  writeFileSync(own, String(process.pid));
  try {
    while (!tryLink(own, path)) {
      const owner = read(path);
      if (owner !== undefined && !alive(Number(owner))) {
        dropStale(path, `${own}.stale`, owner);
        continue;
      }
      if (Date.now() > deadline)
        throw new Error(`process ${owner} has held ${path} for too long: end it or remove the file`);
      await sleep(200);
    }
    try {
      return await work();
    } finally {
      unlinkSync(path);
    }
  } finally {
    unlinkSync(own);
  }
}

/** Takes a dead owner's lock away. Another may just have done so and hold it now: then it gets it back. */
function dropStale(path, aside, owner) {
  try {
    renameSync(path, aside);
    if (read(aside) !== owner) tryLink(aside, path);
  } catch {}
  rmSync(aside, { force: true });
}

function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
