// A source line as cells: the columns that each character takes in a terminal.
import { escapeInvisible } from '@i2kit/common';

/** One character of the source and the columns that it takes. */
export interface Cell {
  /** Index in the line, in UTF-16 units. */
  readonly offset: number;
  readonly text: string;
  readonly width: number;
}

const TAB = '    ';
const NO_WIDTH = /^(?:\p{Mn}|\p{Me}|[\ufe00-\ufe0f])$/u;
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let offset = 0;
  for (const character of line) {
    const text = character === '\t' ? TAB : escapeInvisible(character);
    cells.push({ offset, text, width: text === character ? widthOf(character) : text.length });
    offset += character.length;
  }
  return cells;
}

function widthOf(character: string): number {
  if (character < '\u0300') return 1;
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns that the cells take. */
export function widthOfCells(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
