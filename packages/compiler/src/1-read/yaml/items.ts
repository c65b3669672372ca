// The items of a long List, so that not the whole document has to be read again to find a place in one.
import { isPlainYaml } from './plain.ts';
import type { Part } from './split.ts';

const START = /^items: *\n(?: *(?:#.*)?\n)*( *)- /m;

/**
 * The lines of each item of `items`, each of which is a list of one. None where the document is not written in the plain
 * way: then nothing can be said of a part of it alone.
 */
export function itemParts(text: string): Part[] {
  const match = START.exec(text);
  if (!match || !isPlainYaml(text)) return [];
  const [head, indent = ''] = match;
  const first = match.index + head.length - indent.length - 2;
  const end = endOfList(text, first, indent.length);
  const parts: Part[] = [];
  for (let start = first; start < end; ) {
    const next = text.indexOf(`\n${indent}- `, start) + 1;
    const stop = next === 0 || next > end ? end : next;
    parts.push({ start, end: stop });
    start = stop;
  }
  return parts;
}

/** The first line that is indented less, or as much and is no item. */
function endOfList(text: string, from: number, indent: number): number {
  const beyond = new RegExp(`\\n {0,${indent}}(?![ \\n#]|- |$)`, 'g');
  beyond.lastIndex = from;
  const match = beyond.exec(text);
  return match ? match.index + 1 : text.length;
}
