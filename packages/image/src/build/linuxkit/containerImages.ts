// The container images of a pod, by content: the part of a pod that its machine image depends on.
import { compareEntries } from '@i2kit/common';
import type { MachineGroup } from '@i2kit/compiler';
import { type Digests, digestOf, pinnedReference as pinnedIn } from '@i2kit/compiler/image';
import { ImageError } from '../../errors.ts';

/** The part of a machine group that its image depends on. */
export interface ImageSource {
  readonly key: string;
  readonly images: MachineGroup['images'];
  readonly machine: Pick<MachineGroup['machine'], 'architecture'>;
}

export interface ContainerImage {
  /** `sha256:…` */
  readonly digest: string;
  /** As in the manifests, sorted; more than one if several names stand for the same content. */
  readonly references: readonly string[];
}

/** Sorted by digest. Throws `unlocked` if a reference has no digest. */
export function containerImages(group: ImageSource, digests: Digests): readonly ContainerImage[] {
  const byDigest = new Map<string, string[]>();
  for (const image of group.images) {
    const digest = requireDigest(image, digests);
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), image]);
  }
  return [...byDigest].sort(compareEntries).map(([digest, references]) => ({ digest, references: references.sort() }));
}

/** A reference's own digest, else the lock's. */
export function requireDigest(reference: string, digests: Digests): string {
  const digest = digestOf(reference, digests);
  if (digest !== undefined) return digest;
  throw new ImageError('unlocked', `The lock has no digest of the image ${reference}.`, {
    hint: 'Run `i2kit image build` first; it looks digests up and writes them into the lock.',
  });
}

/** `name@digest`, without a tag: only the content decides what is pulled. Throws `unlocked`. */
export function pinnedReference(reference: string, digests: Digests): string {
  requireDigest(reference, digests);
  return pinnedIn(reference, digests);
}
