// Finds the place of a diagnostic in the source text. Only documents that a diagnostic names are located.
import type { ObjectRef, Path } from '../diagnostic.ts';
import type { Source } from '../manifest.ts';
import { undefinedOnProblem } from './yaml/errors.ts';
import { type NodeTree, readTree } from './yaml/exact.ts';
import { findSpan, listItemRanges, type Span } from './yaml/locate.ts';
import { type LineEndOffsets, lineEndOffsets, splitDocuments, type TextRange, withLineFeeds } from './yaml/split.ts';

/** A Diagnostic, or an object related to one. */
export interface Locatable {
  readonly object: ObjectRef;
  readonly path: Path;
  readonly offset?: number;
  readonly atKey?: boolean;
}

export interface Place {
  /** The source's text, with line feeds only; offsets are into it. */
  readonly text: string;
  readonly start: number;
  /** At least `start + 1`; may be on a later line. */
  readonly end: number;
  /** The document. */
  readonly document: TextRange;
}

/** Finds the places of many diagnostics: undefined for a diagnostic whose source is not given. */
export type Locate = (locatable: Locatable) => Place | undefined;

interface SplitSource {
  readonly text: string;
  readonly ends: LineEndOffsets;
  readonly parts: readonly TextRange[];
}

/** A text that can be read on its own, its start in the document, and the prefix of paths in it. */
interface Fragment {
  readonly cacheKey: string;
  readonly text: string;
  readonly start: number;
  readonly prefix: Path;
}

/** Number of parsed documents kept: findings come in document order, with a few related places between them. */
const TREE_CACHE_SIZE = 4;

/** Each source is split once, each document parsed once. */
export function locator(sources: readonly Source[]): Locate {
  const splits = new Map<string, SplitSource>();
  const items = new Map<string, readonly TextRange[]>();
  const trees = new Map<string, NodeTree | undefined>();

  const splitOf = (name: string): SplitSource | undefined => {
    const cachedSplit = splits.get(name);
    const source = cachedSplit ? undefined : sources.find((each) => each.name === name);
    if (!source) return cachedSplit;
    const text = withLineFeeds(source.text);
    return cached(splits, name, { text, ends: lineEndOffsets(source.text), parts: splitDocuments(text) });
  };

  const fragmentOf = (text: string, { source, document, item }: ObjectRef): Fragment => {
    const key = JSON.stringify([source, document]);
    if (item === undefined) return { cacheKey: key, text, start: 0, prefix: [] };
    const part = (items.get(key) ?? cached(items, key, listItemRanges(text)))[item];
    if (!part) return { cacheKey: key, text, start: 0, prefix: ['items', item] };
    return { cacheKey: `${key} ${item}`, text: text.slice(part.start, part.end), start: part.start, prefix: [0] };
  };

  const treeOf = ({ cacheKey: key, text }: Fragment): NodeTree | undefined => {
    if (trees.has(key)) return trees.get(key);
    const [oldest] = trees.keys();
    if (trees.size >= TREE_CACHE_SIZE && oldest !== undefined) trees.delete(oldest);
    return cached(trees, key, treeIfReadable(text));
  };

  return ({ object, path, offset, atKey = false }) => {
    const split = splitOf(object.source);
    if (!split) return undefined;
    const { text, ends, parts } = split;
    const part = parts[object.document] ?? { start: 0, end: text.length };
    if (offset !== undefined) return { text, document: part, ...wordAt(text, ends.withLineFeeds(offset)) };
    const fragment = fragmentOf(text.slice(part.start, part.end), object);
    const span = spanOf(treeOf(fragment), [...fragment.prefix, ...path], atKey) ?? firstContentLine(fragment.text);
    const start = part.start + fragment.start + span.start;
    return {
      text,
      document: part,
      start,
      end: start + Math.max(text.slice(start, start + span.end - span.start).trimEnd().length, 1),
    };
  };
}

function cached<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value);
  return value;
}

function spanOf(tree: NodeTree | undefined, path: Path, atKey: boolean): Span | undefined {
  return tree && undefinedOnProblem(() => findSpan(tree, path, atKey));
}

/** JSON may be indented with tabs. Inside brackets they mean nothing, but the exact reader rejects them. */
export function treeIfReadable(text: string): NodeTree | undefined {
  for (const each of /^\s*[[{]/.test(text) ? [text, text.replace(/\t/g, ' ')] : [text]) {
    const tree = undefinedOnProblem(() => readTree(each));
    if (tree) return tree;
  }
  return undefined;
}

/** If the exact reader rejects the document: its first line that has content. */
function firstContentLine(body: string): Span {
  let start = 0;
  for (const line of body.split('\n')) {
    if (!line.startsWith('---') && /^[^#%]/.test(line.trimStart())) return { start, end: start + line.length };
    start += line.length + 1;
  }
  return { start: 0, end: 0 };
}

/** A syntax error has a point. Marking the word that starts there is easier to see. */
function wordAt(text: string, offset: number): Span {
  const start = Math.min(offset, Math.max(text.length - 1, 0));
  const [word = ''] = /^[\w./-]+/.exec(text.slice(start, start + 100)) ?? [];
  return { start, end: start + Math.max(word.length, 1) };
}
