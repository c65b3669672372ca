// The container images of a pod, by content: what of a pod an image is made of.
import type { MachineGroup } from '@i2kit/compiler';
import { ImageError } from '../errors.ts';
import type { ImageLock } from '../lock/types.ts';

/** A group, as far as its image is concerned. */
export type ImageSource = Pick<MachineGroup, 'key' | 'pod' | 'machine'>;

export interface ContainerImage {
  /** `sha256:…` */
  readonly digest: string;
  /** As manifests have them, sorted; more than one where names stand for the same content. */
  readonly references: readonly string[];
}

/** Sorted by digest. Throws `unlocked` where a reference has no digest. */
export function containerImages(group: ImageSource, lock: ImageLock): readonly ContainerImage[] {
  const byDigest = new Map<string, Set<string>>();
  for (const { image } of [...(group.pod.initContainers ?? []), ...group.pod.containers]) {
    const digest = lockedDigest(image, lock);
    byDigest.set(digest, (byDigest.get(digest) ?? new Set()).add(image));
  }
  return [...byDigest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([digest, references]) => ({ digest, references: [...references].sort() }));
}

/** A reference's own digest, else the lock's. */
export function lockedDigest(reference: string, lock: ImageLock): string {
  const own = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  const digest = own ?? lock.images?.[reference];
  if (digest !== undefined) return digest;
  throw new ImageError('unlocked', `The lock has no digest of the image ${reference}.`, {
    hint: 'Build images first; that looks digests up and writes them into the lock.',
  });
}

/** `name@digest`, without a tag: what is pulled is decided by its content alone. */
export function pinned(reference: string, lock: ImageLock): string {
  const digest = lockedDigest(reference, lock);
  const name = reference.replace(/@.*$/, '').replace(/:[^:/]+$/, '');
  return `${name}@${digest}`;
}
