// One item of a long List, so that not the whole document has to be read again to find a place in it.
import { isPlainYaml } from './plain.ts';
import type { Part } from './split.ts';

/**
 * The lines of an item of `items`, as a list of one. Undefined where the document is not written in the plain way:
 * then nothing can be said of a part of it alone.
 */
export function itemPart(text: string, item: number): Part | undefined {
  const [head = '', indent = ''] = /^items: *\n(?:[ ]*(?:#.*)?\n)*( *)- /m.exec(text) ?? [];
  if (head === '' || !isPlainYaml(text)) return undefined;
  const first = text.indexOf(head) + head.length - indent.length - 2;
  const end = endOfList(text, first, indent.length);
  let start = first;
  for (let index = 0; index < item; index++) {
    start = text.indexOf(`\n${indent}- `, start) + 1;
    if (start === 0 || start >= end) return undefined;
  }
  const next = text.indexOf(`\n${indent}- `, start) + 1;
  return { start, end: next === 0 || next > end ? end : next };
}

/** The first line that is indented less, or as much and is no item. */
function endOfList(text: string, from: number, indent: number): number {
  const beyond = new RegExp(`\\n {0,${indent}}(?![ \\n]|- |#|-$)`, 'g');
  beyond.lastIndex = from;
  const match = beyond.exec(text);
  return match ? match.index + 1 : text.length;
}
