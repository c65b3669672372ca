// What is written at a path, letter by letter: `0644` where the value is 420. Only messages need it.
import type { Path } from '../../diagnostic.ts';
import { findSpan } from '../yaml/find.ts';
import { readable } from '../yaml/problem.ts';
import { readTree, type Tree } from '../yaml/tree.ts';

/** Undefined where the document cannot be read a second time. */
export type SourceOf = (path: Path) => string | undefined;

/** Reads a document again at the first question, and keeps the last one: questions come in the order of documents. */
export function sourceReader(): (text: string, path: Path) => string | undefined {
  let last: { readonly text: string; readonly tree: Tree | undefined } | undefined;
  return (text, path) => {
    if (last?.text !== text) last = { text, tree: readable(() => readTree(text)) };
    const { tree } = last;
    const span = tree && readable(() => findSpan(tree, path, false));
    return span && text.slice(span.start, span.end);
  };
}
