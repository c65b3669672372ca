// What is written at a path, letter by letter: `0644` where the value is 420. Only messages need it.
import type { ObjectRef, Path } from '../../diagnostic.ts';
import { findSpan } from '../yaml/find.ts';
import { readable } from '../yaml/problem.ts';
import { readTree, type Tree } from '../yaml/tree.ts';

/** Undefined where the document cannot be read a second time. */
export type SourceOf = (path: Path) => string | undefined;

/** Reads the document's text again, at the first question. */
export function sourceReader(text: string, { item }: ObjectRef): SourceOf {
  let tree: Tree | undefined | 'none' = 'none';
  return (path) => {
    if (tree === 'none') tree = readable(() => readTree(text));
    const known = tree;
    const span = known && readable(() => findSpan(known, item === undefined ? path : ['items', item, ...path], false));
    return span && text.slice(span.start, span.end);
  };
}
