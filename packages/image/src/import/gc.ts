// Plans which images and snapshots can be deleted, from lists of existing ones. Pure.
import { compareText } from '@i2kit/common';

export interface ListedImage {
  readonly id: string;
  readonly region: string;
  /** Image key, from its tag. */
  readonly key: string;
  /** As EC2 spells it: `available`, `pending`, `failed` … */
  readonly state: string;
  /** As EC2 spells it: `x86_64`, `arm64`. */
  readonly architecture: string;
  /** GiB of its volume. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly snapshots: readonly string[];
}

export interface ListedSnapshot {
  readonly id: string;
  readonly region: string;
  readonly created: number;
}

export interface GcInput {
  /** Images and snapshots with i2kit's tags; no others are considered. */
  readonly images: readonly ListedImage[];
  readonly snapshots: readonly ListedSnapshot[];
  /** Ids of images that a current or previous launch template, an instance or a lock file names. */
  readonly inUse: ReadonlySet<string>;
  /** Number of newest unused images to keep in each region. */
  readonly keep: number;
  readonly now: number;
  /** Milliseconds for which an unused image is kept, because an import may be in progress. */
  readonly grace: number;
}

export interface GcPlan {
  readonly deregister: readonly ListedImage[];
  /** Snapshots of the deleted images, and those without an image. */
  readonly deleteSnapshots: readonly {
    readonly id: string;
    readonly region: string;
    readonly why: 'image' | 'orphan';
  }[];
  readonly keep: readonly { readonly image: ListedImage; readonly why: 'in-use' | 'newest' | 'young' }[];
}

export function planGc({ images, snapshots, inUse, keep, now, grace }: GcInput): GcPlan {
  const kept: GcPlan['keep'][number][] = [];
  const deregister: ListedImage[] = [];
  const spared = new Map<string, number>();
  for (const image of [...images].sort((a, b) => b.created - a.created || compareText(a.id, b.id))) {
    const count = spared.get(image.region) ?? 0;
    if (inUse.has(image.id)) kept.push({ image, why: 'in-use' });
    else if (count < keep) {
      spared.set(image.region, count + 1);
      kept.push({ image, why: 'newest' });
    } else if (now - image.created < grace) kept.push({ image, why: 'young' });
    else deregister.push(image);
  }
  const needed = new Set(kept.flatMap(({ image }) => image.snapshots.map((id) => `${image.region} ${id}`)));
  const ofImages = deregister.flatMap(({ region, snapshots: ids }) =>
    ids.map((id) => ({ id, region, why: 'image' as const })),
  );
  const freed = ofImages.filter(({ id, region }) => !needed.has(`${region} ${id}`));
  const known = new Set([...needed, ...ofImages.map(({ id, region }) => `${region} ${id}`)]);
  const orphans = snapshots
    .filter(({ id, region, created }) => !known.has(`${region} ${id}`) && now - created >= grace)
    .map(({ id, region }) => ({ id, region, why: 'orphan' as const }));
  return { deregister, deleteSnapshots: [...freed, ...orphans], keep: kept };
}
