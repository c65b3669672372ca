// Where in a document's text a path leads.
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import type { Path } from '../../diagnostic.ts';
import { isMergeKey, mergedMaps } from './merge.ts';
import { keyOf } from './node.ts';
import { Problem } from './problem.ts';
import type { Tree } from './tree.ts';

/** Offsets into the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Entry = Pair<ParsedNode, ParsedNode | null>;

/** What the path leads to; where it ends early, the nearest parent that is there: by its key, if it has one. */
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
  const entries = map.items as Entry[];
  const own = entries.find((entry) => !isMergeKey(entry.key) && is(entry, key, tree));
  if (own) return own;
  const merge = entries.find((entry) => isMergeKey(entry.key));
  if (!merge) return undefined;
  for (const from of mergedMaps(merge.value, tree.aliases, 0)) {
    const entry = entryOf(from, key, tree);
    if (entry) return entry;
  }
  return undefined;
}

function is(entry: Entry, key: string, tree: Tree): boolean {
  try {
    return keyOf(entry.key, tree.aliases) === key;
  } catch (problem) {
    if (problem instanceof Problem) return false;
    throw problem;
  }
}

function isEmpty(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.range[0] === node.range[1]);
}

function spanOf(node: ParsedNode | null | undefined): Span | undefined {
  return node ? { start: node.range[0], end: node.range[1] } : undefined;
}
