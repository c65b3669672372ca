// The images that a plan's groups need: one per key, shared by groups.
import { type ImageBase, type ImageLock, imageKey, imageReferencesOf, missingLockEntries } from '@i2kit/compiler/image';
import type { Architecture } from './architecture.ts';
import type { ImageSource } from './build/linuxkit/index.ts';
import { ImageError } from './errors.ts';

export interface RequiredImage {
  /** The image's key and name (the compiler's `imageKey`). */
  readonly key: string;
  readonly architecture: Architecture;
  /** Keys of the groups that use it, sorted. */
  readonly groups: readonly string[];
  /** References of all its content, as in the groups; sorted. */
  readonly images: readonly string[];
}

/** In the order of the groups. Throws `unlocked` if a digest is missing in the lock. */
export function requiredImages(
  groups: readonly ImageSource[],
  lock: ImageLock,
  base: ImageBase,
): readonly RequiredImage[] {
  const found = new Map<string, ImageSource[]>();
  for (const group of groups) {
    const key = imageKey(group, lock, base);
    if (key === undefined)
      throw new ImageError(
        'unlocked',
        `The lock has no digest of ${missingLockEntries(group, lock, base).join(', ')}.`,
        {
          hint: "Run 'i2kit image build'; it looks digests up and writes them into the lock.",
        },
      );
    found.set(key, [...(found.get(key) ?? []), group]);
  }
  return [...found].map(([key, same]) => ({
    key,
    architecture: same[0]?.machine.architecture ?? 'amd64',
    groups: same.map((group) => group.key).sort(),
    images: [...new Set(same.flatMap((group) => group.images))].sort(),
  }));
}

/** Every reference that the groups' keys depend on; sorted. */
export const imageReferences = (groups: readonly ImageSource[], base: ImageBase): readonly string[] =>
  [...new Set(groups.flatMap((group) => imageReferencesOf(group, base)))].sort();
