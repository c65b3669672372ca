// Long sentences on a terminal: broken between words, what follows set below what began. Nothing is broken where nobody looks.
import type { Output } from '../io.ts';

const colorCodes = /\u001b\[[\d;]*m/g;
const visibleWidth = (text: string): number => [...text.replace(colorCodes, '')].length;

/** A code frame's line: the number of a line, or none, and a bar. */
const isFrame = (line: string): boolean => /^ *\d* \|/.test(line.replace(colorCodes, ''));

/** How far what follows is set in: below the words, behind a mark. */
const continuationIndent = (line: string): number =>
  /^( *= hint: |hint: | *= )/.exec(line.replace(colorCodes, ''))?.[0].length ?? 2;

/** Text of whole lines, for this output; a word that is wider than the terminal stays whole, so that it can be copied. */
export function wrapText(text: string, { isTTY, columns }: Pick<Output, 'isTTY' | 'columns'>): string {
  if (!isTTY || columns === undefined || columns < 40) return text;
  return text
    .split('\n')
    .map((line) => (visibleWidth(line) <= columns || isFrame(line) ? line : wrapLine(line, columns)))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  const indent = ' '.repeat(continuationIndent(line));
  const [, lead = '', rest = ''] = /^( *)(.*)$/s.exec(line) ?? [];
  const lines: string[] = [];
  let now = lead;
  for (const word of rest.split(' ')) {
    const isFirst = now === lead || now === indent;
    if (!isFirst && visibleWidth(now) + 1 + visibleWidth(word) > columns) {
      lines.push(now);
      now = `${indent}${word}`;
    } else now = isFirst ? `${now}${word}` : `${now} ${word}`;
  }
  return [...lines, now].join('\n');
}
