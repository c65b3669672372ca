// A lock by which one process makes what several need, while the others wait.
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const patience = 15 * 60_000;

/**
 * Holds a lock file during `work`. The file contains its owner's pid and appears complete (link is atomic), so that a
 * dead owner is recognized.
 */
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

/** Removes a dead owner's lock. If another process has just taken it, it is restored. */
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
