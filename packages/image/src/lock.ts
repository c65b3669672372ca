// The lock's entries about images: digests of tags, ids of images. Pure: each function returns a new lock.
import { compareEntries } from '@i2kit/common';
import type { Lock } from '@i2kit/compiler';
import type { RegistryClient } from './registry/index.ts';

export interface TagChange {
  readonly reference: string;
  /** Absent if it was not locked before. */
  readonly from?: string;
  readonly to: string;
}

export interface ResolveOptions {
  /** References to look up even if the lock has them; the others keep their digests. */
  readonly refresh?: 'all' | ReadonlySet<string>;
  /** Requests in flight at once (default: 8). */
  readonly concurrency?: number;
}

/** Looks up missing digests. `changes` lists every digest that is new or different. */
export async function resolveImages(
  references: readonly string[],
  lock: Pick<Lock, 'images'>,
  registry: Pick<RegistryClient, 'digest'>,
  { refresh = new Set(), concurrency: inFlight = 8 }: ResolveOptions = {},
): Promise<{ readonly images: Readonly<Record<string, string>>; readonly changes: readonly TagChange[] }> {
  const isWanted = (reference: string) =>
    !reference.includes('@') && (lock.images?.[reference] === undefined || refresh === 'all' || refresh.has(reference));
  const wanted = [...new Set(references)].filter(isWanted).sort();
  const found: [string, string][] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let reference = wanted[next++]; reference !== undefined; reference = wanted[next++])
      found.push([reference, await registry.digest(reference)]);
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, wanted.length) }, worker));
  const changes = found
    .filter(([reference, digest]) => lock.images?.[reference] !== digest)
    .sort(compareEntries)
    .map(([reference, to]) => ({ reference, ...withFrom(lock.images?.[reference]), to }));
  return { images: Object.fromEntries(found), changes };
}

/** Locked tags that stand for another digest by now. A registry that does not respond is skipped. */
export async function findMovedTags(
  references: readonly string[],
  lock: Pick<Lock, 'images'>,
  registry: Pick<RegistryClient, 'digest'>,
): Promise<readonly TagChange[]> {
  const asked = references
    .filter((reference) => lock.images?.[reference] !== undefined && !reference.includes('@'))
    .sort();
  const answers = await Promise.allSettled(asked.map((reference) => registry.digest(reference)));
  return answers.flatMap((answer, index) => {
    const reference = asked[index] ?? '';
    const from = lock.images?.[reference];
    return answer.status === 'fulfilled' && from !== undefined && answer.value !== from
      ? [{ reference, from, to: answer.value }]
      : [];
  });
}

const withFrom = (from: string | undefined) => (from === undefined ? {} : { from });

export const withImages = (lock: Lock, images: Readonly<Record<string, string>>): Lock => ({
  ...lock,
  images: { ...lock.images, ...images },
});

/** `amis`: image id by region. */
export const withAmis = (lock: Lock, key: string, amis: Readonly<Record<string, string>>): Lock => ({
  ...lock,
  amis: { ...lock.amis, [key]: { ...lock.amis?.[key], ...amis } },
});

export const withVersions = (lock: Lock, versions: Readonly<Record<string, string>>): Lock => ({
  ...lock,
  versions: { ...lock.versions, ...versions },
});

/** Without unused entries; `keys` and `references` are those of every remaining group. */
export function prunedLock(lock: Lock, keys: ReadonlySet<string>, references: ReadonlySet<string>): Lock {
  const only = <T>(table: Readonly<Record<string, T>> | undefined, kept: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(table ?? {}).filter(([key]) => kept.has(key)));
  return { ...lock, amis: only(lock.amis, keys), images: only(lock.images, references) };
}
