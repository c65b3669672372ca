// Finds the span of a path in a document's text, without reparsing a long List.

import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import type { Path } from '../../diagnostic.ts';
import { isMergeKey, keyText, mergedMaps, type NodeTree } from './exact.ts';
import { isPlainYaml } from './fast.ts';
import type { TextRange } from './split.ts';

/** Offsets into the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type MapEntry = Pair<ParsedNode, ParsedNode | null>;

/**
 * The span of the path's value. If the path ends early, the nearest existing parent: its key, if it has one. Throws a
 * Problem if a key on the way is not a string, which no readable document has.
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
  const { written, merge } = entriesOf(map, tree);
  const entry = written.get(key);
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

/** A mapping may be long, and be asked for each of its keys. */
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

const ITEMS_START = /^items: *\n(?: *(?:#.*)?\n)*( *)- /m;

/**
 * Splits a long List into its items, so that finding a place in one does not require rereading the whole document.
 * The lines of each item of `items`, each of which is a list of one. Undefined if the document is not written in the
 * plain style: then no part of it can be read alone.
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

/** The first line that is indented less, or equally without being an item. */
function listEnd(text: string, from: number, indent: number): number {
  const beyond = new RegExp(`\\n {0,${indent}}(?![ \\n#]|- |$)`, 'g');
  beyond.lastIndex = from;
  const match = beyond.exec(text);
  return match ? match.index + 1 : text.length;
}
