// The code frame of a diagnostic: the source line with an underline.
import { type Cell, cellsOf, widthOfCells } from './cells.ts';
import type { Palette } from './palette.ts';

export interface MarkedLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Indices in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Columns before the mark that stay visible in a long line. */
const LEADING_COLUMNS = 20;

/** Three lines: a bar, the source, the underline. @param width of the terminal, in columns */
export function frame(marked: MarkedLine, palette: Palette, paint: (text: string) => string, width: number): string[] {
  const number = String(marked.line);
  const bar = palette.gutter('|');
  const margin = ' '.repeat(number.length);
  const { shown, before, marks } = fitToWidth(marked, Math.max(width - number.length - 4, 2 * LEADING_COLUMNS));
  return [
    `${margin} ${bar}`,
    `${palette.gutter(number)} ${bar} ${shown}`,
    `${margin} ${bar} ${' '.repeat(before)}${paint('^'.repeat(marks))}`,
  ];
}

/** A line that is too long is cut around the mark, with ellipses. */
function fitToWidth({ text, start, end }: MarkedLine, width: number): { shown: string; before: number; marks: number } {
  const isLong = text.length > width * 2 || widthOfCells(cellsOf(text)) > width;
  const from = isLong && start > width - LEADING_COLUMNS ? characterStart(text, start - LEADING_COLUMNS) : 0;
  const head = from > 0 ? '…' : '';
  const window: Cell[] = [];
  // An ellipsis takes one column, too.
  let room = isLong ? width - 2 : width;
  for (const cell of cellsOf(text.slice(from, from + width * 2))) {
    room -= cell.width;
    if (room < 0) break;
    window.push(cell);
  }
  const last = window.at(-1);
  const tail = last && from + last.offset + last.text.length < text.length && isLong ? '…' : '';
  const marked = window.filter(({ offset }) => from + offset >= start && from + offset < end);
  return {
    shown: (head + window.map((cell) => cell.text).join('') + tail).trimEnd(),
    before: head.length + widthOfCells(window.filter(({ offset }) => from + offset < start)),
    marks: Math.max(widthOfCells(marked), 1),
  };
}

/** Not at the second half of a surrogate pair. */
function characterStart(text: string, offset: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(offset)) ? offset + 1 : offset;
}
