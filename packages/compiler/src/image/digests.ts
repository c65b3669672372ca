// What a reference to a container image stands for, as the lock has it.
import type { Lock } from '../options.ts';

/** `Lock.images`: digest by reference. */
export type Digests = Lock['images'];

/** A reference's own digest (`sha256:…`), else the lock's; undefined where there is neither. */
export function digestOf(reference: string, digests: Digests): string | undefined {
  const own = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  if (own !== undefined) return own;
  return digests !== undefined && Object.hasOwn(digests, reference) ? digests[reference] : undefined;
}

/** `name@digest`, without a tag: what runs is decided by its content alone. As it is where no digest is known. */
export function pinned(reference: string, digests: Digests): string {
  const digest = digestOf(reference, digests);
  return digest === undefined ? reference : `${reference.replace(/@.*$/, '').replace(/:[^:/]+$/, '')}@${digest}`;
}
