// An image's key: a hash of every digest that its bytes follow from, so that equal images are built once and shared.

import type { Lock } from '../options.ts';
import type { MachineGroup } from '../plan.ts';
import { sha256Hex } from '../sha256.ts';
import { cmdline, componentsOf, type ImageBase } from './components.ts';

// What a reference to a container image stands for, as the lock has it.

/** `Lock.images`: digest by reference. */
export type Digests = Lock['images'];

/** A reference's own digest (`sha256:…`), else the lock's; undefined where there is neither. */
export function digestOf(reference: string, digests: Digests): string | undefined {
  const own = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  if (own !== undefined) return own;
  return digests !== undefined && Object.hasOwn(digests, reference) ? digests[reference] : undefined;
}

/** `name@digest`, without a tag: what runs is decided by its content alone. As it is where no digest is known. */
export function pinnedReference(reference: string, digests: Digests): string {
  const digest = digestOf(reference, digests);
  return digest === undefined ? reference : `${reference.replace(/@.*$/, '').replace(/:[^:/]+$/, '')}@${digest}`;
}

// An image's name: a hash over all that its bytes follow from, so that equal images are made once and shared.

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
export const agentVersionKey = (architecture: MachineGroup['machine']['architecture']) => `agent-${architecture}`;

/**
 * Lower-case hexadecimal SHA-256 over digests: of containers, of components, of the agent, with the architecture. Names of
 * workloads, containers and tags are not in it. Undefined while the lock lacks one of them (`unlocked`).
 */
export function imageKey(group: ImageSource, lock: ImageLock, base: ImageBase): string | undefined {
  if (missingLockEntries(group, lock, base).length > 0) return undefined;
  const { architecture } = group.machine;
  const digests = (references: readonly string[]) =>
    [...new Set(references.map((each) => digestOf(each, lock.images)))].sort();
  const identity = {
    form,
    architecture,
    boot: base.boot,
    debug: base.debug,
    agent: lock.versions?.[agentVersionKey(architecture)],
    cmdline,
    components: digests(componentsOf(base)),
    containers: digests(group.images),
  };
  return sha256Hex(JSON.stringify(identity));
}

/** All references whose digests the key follows from; sorted. */
export const imageReferencesOf = (group: ImageSource, base: ImageBase): readonly string[] =>
  [...new Set([...group.images, ...componentsOf(base)])].sort();

/** What of the key is not in the lock: references, and the agent. */
export function missingLockEntries(group: ImageSource, lock: ImageLock, base: ImageBase): readonly string[] {
  const agent = agentVersionKey(group.machine.architecture);
  const missing = imageReferencesOf(group, base).filter((reference) => digestOf(reference, lock.images) === undefined);
  return lock.versions?.[agent] === undefined ? [...missing, agent] : missing;
}
