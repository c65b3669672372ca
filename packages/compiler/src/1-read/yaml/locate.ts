// Finds the span of a path in a document's text, without reparsing all of a long List.

import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import type { Path } from '../../diagnostic.ts';
import { isMergeKey, keyText, mergedMaps, type NodeTree } from './exact.ts';
import { isPlainYaml } from './fast.ts';
import type { TextRange } from './split.ts';

// Where in a document's text a path leads.

/** Offsets into the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type MapEntry = Pair<ParsedNode, ParsedNode | null>;

/**
 * What the path leads to; where it ends early, the nearest parent that is there: by its key, if it has one.
 * Throws a Problem where a key on the way is none, which no document has that could be read.
 */
export function findSpan(tree: NodeTree, path: Path, atKey: boolean): Span | undefined {
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
  return atKey || isEmptyNode(node) ? spanOf(key ?? node) : spanOf(node);
}

/** The written entry, else the merged one. */
function entryOf(map: YAMLMap.Parsed, key: string, tree: NodeTree): MapEntry | undefined {
  const { written: own, merge } = entriesOf(map, tree);
  const entry = own.get(key);
  if (entry || !merge) return entry;
  for (const from of mergedMaps(merge.value, tree.aliases, 0)) {
    const merged = entryOf(from, key, tree);
    if (merged) return merged;
  }
  return undefined;
}

interface MapEntries {
  readonly written: ReadonlyMap<string, MapEntry>;
  readonly merge: MapEntry | undefined;
}

/** A mapping may be long, and asked for each of its keys. */
const entriesCache = new WeakMap<YAMLMap.Parsed, MapEntries>();

function entriesOf(map: YAMLMap.Parsed, tree: NodeTree): MapEntries {
  const before = entriesCache.get(map);
  if (before) return before;
  const written = new Map<string, MapEntry>();
  let merge: MapEntry | undefined;
  for (const entry of map.items as MapEntry[]) {
    if (isMergeKey(entry.key)) merge = entry;
    else written.set(keyText(entry.key, tree.aliases), entry);
  }
  const entries = { written, merge };
  entriesCache.set(map, entries);
  return entries;
}

function isEmptyNode(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.range[0] === node.range[1]);
}

function spanOf(node: ParsedNode | null | undefined): Span | undefined {
  return node ? { start: node.range[0], end: node.range[1] } : undefined;
}

// The items of a long List, so that not the whole document has to be read again to find a place in one.

const ITEMS_START = /^items: *\n(?: *(?:#.*)?\n)*( *)- /m;

/**
 * The lines of each item of `items`, each of which is a list of one. None where the document is not written in the plain
 * way: then nothing can be said of a part of it alone.
 */
export function listItemRanges(text: string): TextRange[] {
  const match = ITEMS_START.exec(text);
  if (!match || !isPlainYaml(text)) return [];
  const [head, indent = ''] = match;
  const first = match.index + head.length - indent.length - 2;
  const end = listEnd(text, first, indent.length);
  const parts: TextRange[] = [];
  for (let start = first; start < end; ) {
    const next = text.indexOf(`\n${indent}- `, start) + 1;
    const stop = next === 0 || next > end ? end : next;
    parts.push({ start, end: stop });
    start = stop;
  }
  return parts;
}

/** The first line that is indented less, or as much and is no item. */
function listEnd(text: string, from: number, indent: number): number {
  const beyond = new RegExp(`\\n {0,${indent}}(?![ \\n#]|- |$)`, 'g');
  beyond.lastIndex = from;
  const match = beyond.exec(text);
  return match ? match.index + 1 : text.length;
}
