// Wraps long sentences on a terminal between words, with hanging indentation; other outputs are not wrapped.
import type { Output } from '../io.ts';

const colorCodes = /\u001b\[[\d;]*m/g;
const visibleWidth = (text: string): number => [...text.replace(colorCodes, '')].length;

/** A line of a code frame: a line number, or none, and a bar. */
const isFrame = (line: string): boolean => /^ *\d* \|/.test(line.replace(colorCodes, ''));

/** Indentation of continuation lines: below the words, after a mark. */
const continuationIndent = (line: string): number =>
  /^( *= hint: |hint: | *= )/.exec(line.replace(colorCodes, ''))?.[0].length ?? 2;

/** Takes whole lines; a word wider than the terminal stays whole, so that it can be copied. */
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
