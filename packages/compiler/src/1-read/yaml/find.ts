// Where in a document's text a path leads.
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import type { Path } from '../../diagnostic.ts';
import { isMergeKey, mergedMaps } from './merge.ts';
import { keyOf } from './node.ts';
import type { Tree } from './tree.ts';

/** Offsets into the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Entry = Pair<ParsedNode, ParsedNode | null>;

/**
 * What the path leads to; where it ends early, the nearest parent that is there: by its key, if it has one.
 * Throws a Problem where a key on the way is none, which no document has that could be read.
 */
export function findSpan(tree: Tree, path: Path, atKey: boolean): Span | undefined {
  let node = tree.root;
  let key: ParsedNode | undefined;
  for (const part of path) {
    const target = node !== null && isAlias(node) ? tree.aliases.get(node) : node;
    if (isMap(target)) {
      const entry = entryOf(target as YAMLMap.Parsed, String(part), tree);
      if (!entry) return spanOf(key ?? node);
      key = entry.key;
      node = entry.value;
    } else if (isSeq(target) && target.items[Number(part)] !== undefined) {
      key = undefined;
      node = target.items[Number(part)] as ParsedNode;
    } else {
      return spanOf(key ?? node);
    }
  }
  return atKey || isEmpty(node) ? spanOf(key ?? node) : spanOf(node);
}

/** The written entry, else the merged one. */
function entryOf(map: YAMLMap.Parsed, key: string, tree: Tree): Entry | undefined {
  const { own, merge } = entriesOf(map, tree);
  const entry = own.get(key);
  if (entry || !merge) return entry;
  for (const from of mergedMaps(merge.value, tree.aliases, 0)) {
    const merged = entryOf(from, key, tree);
    if (merged) return merged;
  }
  return undefined;
}

interface Entries {
  readonly own: ReadonlyMap<string, Entry>;
  readonly merge: Entry | undefined;
}

/** A mapping may be long, and asked for each of its keys. */
const known = new WeakMap<YAMLMap.Parsed, Entries>();

function entriesOf(map: YAMLMap.Parsed, tree: Tree): Entries {
  const before = known.get(map);
  if (before) return before;
  const own = new Map<string, Entry>();
  let merge: Entry | undefined;
  for (const entry of map.items as Entry[]) {
    if (isMergeKey(entry.key)) merge = entry;
    else own.set(keyOf(entry.key, tree.aliases), entry);
  }
  const entries = { own, merge };
  known.set(map, entries);
  return entries;
}

function isEmpty(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.range[0] === node.range[1]);
}

function spanOf(node: ParsedNode | null | undefined): Span | undefined {
  return node ? { start: node.range[0], end: node.range[1] } : undefined;
}
