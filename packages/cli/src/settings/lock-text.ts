// The lock as text, and two writers' locks as one.
import type { Lock } from '@i2kit/compiler';
import { byCodeUnits } from '../text.ts';

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same decisions give the same bytes: version first, keys in order at every depth, no empty tables. */
export function lockText({ version, ...tables }: Lock): string {
  return `${JSON.stringify({ version, ...(inOrder(tables) as object) }, null, 2)}\n`;
}

function inOrder(value: unknown): unknown {
  if (!isTree(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, inOrder(inner)] as const);
  const filled = entries.filter(([, inner]) => inner !== undefined && !(isTree(inner) && Object.keys(inner).length === 0));
  return Object.fromEntries(filled.sort(([a], [b]) => byCodeUnits(a, b)));
}

/** True where no decision differs. */
export const sameLock = (a: Lock | undefined, b: Lock): boolean => lockText(a ?? { version: 1 }) === lockText(b);

/** What was changed from `base` to `ours` is changed in `theirs`, too, which another writer may have made meanwhile. */
export const mergedLock = (base: Lock, ours: Lock, theirs: Lock): Lock => merged(base, ours, theirs) as unknown as Lock;

function merged(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (!isTree(ours) || !isTree(theirs)) return JSON.stringify(inOrder(base)) === JSON.stringify(inOrder(ours)) ? theirs : ours;
  const before = isTree(base) ? base : {};
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  const at = (tree: Tree, key: string) => (Object.hasOwn(tree, key) ? tree[key] : undefined);
  const entries = keys.map((key) => [key, merged(at(before, key), at(ours, key), at(theirs, key))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
