// An image's name: a hash over all that its bytes follow from, so that equal images are made once and shared.
import { digest } from '../digest.ts';
import type { Lock } from '../options.ts';
import type { MachineGroup } from '../plan.ts';
import { type Base, cmdline, componentsOf } from './components.ts';
import { digestOf } from './digests.ts';

/** A group, as far as its image is concerned. */
export interface ImageSource {
  readonly images: MachineGroup['images'];
  readonly machine: Pick<MachineGroup['machine'], 'architecture'>;
}

/** The part of the lock that an image follows from. */
export type ImageLock = Pick<Lock, 'images' | 'versions'>;

/** Raised when the same contents become other bytes, e.g. because the layout changed. */
const form = 1;

/** Under which of `Lock.versions` the agent's bytes are named: `sha256:…` of the binary. */
export const agentVersion = (architecture: MachineGroup['machine']['architecture']) => `agent-${architecture}`;

/**
 * Lower-case hexadecimal SHA-256 over digests: of containers, of components, of the agent, with the architecture. Names of
 * workloads, containers and tags are not in it. Undefined while the lock lacks one of them (`unlocked`).
 */
export function imageKey(group: ImageSource, lock: ImageLock, base: Base): string | undefined {
  if (unlocked(group, lock, base).length > 0) return undefined;
  const { architecture } = group.machine;
  const digests = (references: readonly string[]) => [...new Set(references.map((each) => digestOf(each, lock.images)))].sort();
  const identity = {
    form,
    architecture,
    boot: base.boot,
    debug: base.debug,
    agent: lock.versions?.[agentVersion(architecture)],
    cmdline,
    components: digests(componentsOf(base)),
    containers: digests(group.images),
  };
  return digest(JSON.stringify(identity));
}

/** All references whose digests the key follows from; sorted. */
export const referencesOf = (group: ImageSource, base: Base): readonly string[] =>
  [...new Set([...group.images, ...componentsOf(base)])].sort();

/** What of the key is not in the lock: references, and the agent. */
export function unlocked(group: ImageSource, lock: ImageLock, base: Base): readonly string[] {
  const agent = agentVersion(group.machine.architecture);
  const missing = referencesOf(group, base).filter((reference) => digestOf(reference, lock.images) === undefined);
  return lock.versions?.[agent] === undefined ? [...missing, agent] : missing;
}
