// Lays out a table by path pattern (`spec.ports[].port`, `metadata.labels.*`) as a tree, so that one walk of an
// object matches every pattern.
import type { Path } from '../diagnostic.ts';

export interface TrieNode<T> {
  /** The table's entry for this path. */
  readonly entry?: T;
  readonly fields?: Readonly<Record<string, TrieNode<T>>>;
  /** Each item of a list. */
  readonly items?: TrieNode<T>;
  /** Each value of a map whose keys the user chooses. */
  readonly values?: TrieNode<T>;
}

export function trieOf<T>(table: Readonly<Record<string, T>>): TrieNode<T> {
  const root: MutableTrieNode<T> = {};
  for (const [pattern, entry] of Object.entries(table)) {
    let node = root;
    for (const step of patternSteps(pattern)) node = childFor(node, step);
    node.entry = entry;
  }
  return root;
}

/** A node under construction. */
interface MutableTrieNode<T> {
  entry?: T;
  fields?: Record<string, MutableTrieNode<T>>;
  items?: MutableTrieNode<T>;
  values?: MutableTrieNode<T>;
}

function patternSteps(pattern: string): readonly string[] {
  return pattern.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));
}

function childFor<T>(node: MutableTrieNode<T>, step: string): MutableTrieNode<T> {
  if (step === '[]' || step === '*') {
    const side = step === '*' ? 'values' : 'items';
    const next = node[side] ?? {};
    node[side] = next;
    return next;
  }
  const fields = node.fields ?? {};
  node.fields = fields;
  const next = fields[step] ?? {};
  fields[step] = next;
  return next;
}

/** A field by its name; own fields only, as a key may be called `constructor`. */
const fieldNode = <T>({ fields }: TrieNode<T>, key: string): TrieNode<T> | undefined =>
  fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;

/** The values below a value that match a child of the node, with their paths, in written order. */
export function matchedChildren<T>(
  node: TrieNode<T>,
  value: unknown,
  path: Path,
): readonly (readonly [TrieNode<T>, unknown, Path])[] {
  const found: (readonly [TrieNode<T>, unknown, Path])[] = [];
  if (Array.isArray(value)) {
    const { items } = node;
    if (items) for (const [index, item] of value.entries()) found.push([items, item, [...path, index]]);
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(record)) {
      const next = fieldNode(node, key) ?? node.values;
      if (next) found.push([next, record[key], [...path, key]]);
    }
  }
  return found;
}

/** Calls `visit` for every value that has an entry. Null counts as absent. */
export function walkTrie<T>(
  node: TrieNode<T>,
  value: unknown,
  path: Path,
  visit: (entry: T, value: unknown, path: Path) => void,
): void {
  if (value === undefined || value === null) return;
  if (node.entry !== undefined) visit(node.entry, value, path);
  for (const [next, item, itemPath] of matchedChildren(node, value, path)) walkTrie(next, item, itemPath, visit);
}
