// An image's name: a hash over all that its bytes follow from, so that equal images are made once and shared.
import { createHash } from 'node:crypto';
import type { ImageLock } from '../lock/types.ts';
import { type Base, cmdline, componentsOf } from './base.ts';
import { containerImages, type ImageSource, lockedDigest } from './containers.ts';

/** Raised when the same contents become other bytes, e.g. because the layout changed. */
const form = 1;

/**
 * Hexadecimal SHA-256 over digests: of containers, of components, of the agent, with the architecture. Names of
 * workloads, containers and tags are not in it. Throws `unlocked`.
 */
export function imageKey(group: ImageSource, lock: ImageLock, base: Base): string {
  const identity = {
    form,
    architecture: group.machine.architecture,
    boot: base.boot,
    debug: base.debug === true,
    agent: base.agent,
    cmdline,
    components: componentsOf(base)
      .map((reference) => lockedDigest(reference, lock))
      .sort(),
    containers: containerImages(group, lock).map(({ digest }) => digest),
  };
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

/** All references whose digests `imageKey` asks the lock for; sorted. */
export function referencesOf(group: ImageSource, base: Base): readonly string[] {
  const containers = [...(group.pod.initContainers ?? []), ...group.pod.containers].map(({ image }) => image);
  return [...new Set([...containers, ...componentsOf(base)])].sort();
}
