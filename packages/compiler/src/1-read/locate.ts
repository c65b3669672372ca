// A diagnostic to its place in the text. Only here are positions made, and only of documents that something is said of.
import type { ObjectRef, Path } from '../diagnostic.ts';
import type { Source } from '../manifest.ts';
import { withLineFeeds } from './yaml/characters.ts';
import { findSpan, type Span } from './yaml/find.ts';
import { readable } from './yaml/problem.ts';
import { type Part, splitDocuments } from './yaml/split.ts';
import { readTree, type Tree } from './yaml/tree.ts';

/** What is to be found: a Diagnostic, or something related to one. */
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
  readonly part: Part;
}

/** Finds the places of many diagnostics: undefined for one of a source that is not among these. */
export type Locate = (what: Locatable) => Place | undefined;

interface Split {
  readonly text: string;
  readonly original: string;
  readonly parts: readonly Part[];
}

/** How many documents are kept as trees: findings come in the order of documents, with a few related ones between them. */
const KEPT = 16;

/** Each source is split once, each document parsed once. */
export function locator(sources: readonly Source[]): Locate {
  const splits = new Map<string, Split>();
  const trees = new Map<string, Tree | undefined>();

  const splitOf = (name: string): Split | undefined => {
    const known = splits.get(name);
    const source = known ? undefined : sources.find((each) => each.name === name);
    if (!source) return known;
    const text = withLineFeeds(source.text);
    const split = { text, original: source.text, parts: splitDocuments(text) };
    splits.set(name, split);
    return split;
  };

  const treeOf = (key: string, text: string): Tree | undefined => {
    if (!trees.has(key)) {
      const [oldest] = trees.keys();
      if (trees.size >= KEPT && oldest !== undefined) trees.delete(oldest);
      trees.set(key, attempt(text));
    }
    return trees.get(key);
  };

  return ({ object, path, offset, atKey = false }) => {
    const split = splitOf(object.source);
    if (!split) return undefined;
    const { text, original, parts } = split;
    const part = parts[object.document] ?? { start: 0, end: text.length };
    if (offset !== undefined) return { text, part, ...wordAt(text, withLineFeeds(original.slice(0, offset)).length) };
    const body = text.slice(part.start, part.end);
    const whole = object.item === undefined ? path : ['items', object.item, ...path];
    const span = spanOf(treeOf(JSON.stringify([object.source, object.document]), body), whole, atKey) ?? firstLine(body);
    const end = part.start + Math.max(trimmedEnd(body, span), span.start + 1);
    return { text, part, start: part.start + span.start, end };
  };
}

function spanOf(tree: Tree | undefined, path: Path, atKey: boolean): Span | undefined {
  return tree && readable(() => findSpan(tree, path, atKey));
}

/** JSON may be indented with tabs, which inside of brackets mean nothing but are not taken by the exact reader. */
function attempt(text: string): Tree | undefined {
  for (const each of /^\s*[[{]/.test(text) ? [text, text.replace(/\t/g, ' ')] : [text]) {
    const tree = readable(() => readTree(each));
    if (tree) return tree;
  }
  return undefined;
}

/** Where the exact reader does not take the document: its first line that has content. */
function firstLine(body: string): Span {
  const [first = ''] = /^(?!---)[^\n#%]*[^\s#%][^\n]*/m.exec(body) ?? [];
  const start = body.indexOf(first);
  return { start, end: start + first.length };
}

function trimmedEnd(body: string, { start, end }: Span): number {
  return start + body.slice(start, end).trimEnd().length;
}

/** A syntax error has a point, which is easier to see as the word that starts there. */
function wordAt(text: string, offset: number): Span {
  const start = Math.min(offset, Math.max(text.length - 1, 0));
  const [word = ''] = /^[\w./-]+/.exec(text.slice(start, start + 100)) ?? [];
  return { start, end: start + Math.max(word.length, 1) };
}
