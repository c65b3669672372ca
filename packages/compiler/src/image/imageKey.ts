// An image's key: a hash of all digests that its bytes depend on, so that equal images are built once and shared.

import type { Lock } from '../options.ts';
import type { MachineGroup } from '../plan.ts';
import { sha256Hex } from '../sha256.ts';
import { cmdline, componentsOf, type ImageBase } from './components.ts';

/** Digest of a container image, as the lock records it. `Lock.images`: digest by reference. */
export type Digests = Lock['images'];

/** A reference's own digest (`sha256:…`), else the lock's; undefined without either. */
export function digestOf(reference: string, digests: Digests): string | undefined {
  const own = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  if (own !== undefined) return own;
  return digests !== undefined && Object.hasOwn(digests, reference) ? digests[reference] : undefined;
}

/** `name@digest` without a tag, so that only the content decides; unchanged if the digest is unknown. */
export function pinnedReference(reference: string, digests: Digests): string {
  const digest = digestOf(reference, digests);
  return digest === undefined ? reference : `${reference.split('@')[0]?.replace(/:[^:/]+$/, '')}@${digest}`;
}

/** The parts of a group that its image depends on. */
export interface ImageSource {
  readonly images: MachineGroup['images'];
  readonly machine: Pick<MachineGroup['machine'], 'architecture'>;
}

/** The part of the lock that an image depends on. */
export type ImageLock = Pick<Lock, 'images' | 'versions'>;

/** Increased when equal contents become other bytes, e.g. after a change of the layout. */
const form = 1;

/** Name of the agent's digest in `Lock.versions`: `sha256:…` of the binary. */
export const agentVersionKey = (architecture: MachineGroup['machine']['architecture']) => `agent-${architecture}`;

/**
 * Lower-case hexadecimal SHA-256 over the digests of containers, components and agent, and the architecture.
 * Independent of names of workloads and containers and of tags. Undefined while the lock lacks a digest (`unlocked`).
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

/** All references whose digests the key depends on; sorted. */
export const imageReferencesOf = (group: ImageSource, base: ImageBase): readonly string[] =>
  [...new Set([...group.images, ...componentsOf(base)])].sort();

/** Inputs of the key that the lock lacks: references, and the agent. */
export function missingLockEntries(group: ImageSource, lock: ImageLock, base: ImageBase): readonly string[] {
  const agent = agentVersionKey(group.machine.architecture);
  const missing = imageReferencesOf(group, base).filter((reference) => digestOf(reference, lock.images) === undefined);
  return lock.versions?.[agent] === undefined ? [...missing, agent] : missing;
}
