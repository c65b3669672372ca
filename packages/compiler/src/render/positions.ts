// Converts places in a text to lines and columns.
import type { Locatable, Locate, Place } from '../1-read/diagnosticPlaces.ts';

/** Lines and columns count from 1, columns in UTF-16 units, as editors do; the end is exclusive. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface LineIndex {
  /** Offset of each line's first character. */
  readonly starts: readonly number[];
}

/** Converts places to positions; counts each text's lines once. */
export function positions(
  locate: Locate,
): (locatable: Locatable) => (Position & { readonly place: Place }) | undefined {
  const counted = new Map<string, LineIndex>();
  return (locatable) => {
    const place = locate(locatable);
    if (!place) return undefined;
    const { text, start, end } = place;
    const { source } = locatable.object;
    const { starts } = counted.get(source) ?? indexLines(counted, source, text);
    const line = lineOf(starts, start);
    const endLine = lineOf(starts, end - 1);
    return {
      file: source,
      line: line + 1,
      column: start - (starts[line] ?? 0) + 1 - byteOrderMarkColumns(text, line),
      endLine: endLine + 1,
      endColumn: end - (starts[endLine] ?? 0) + 1 - byteOrderMarkColumns(text, endLine),
      place,
    };
  };
}

/** A byte order mark takes no column. */
function byteOrderMarkColumns(text: string, line: number): number {
  return line === 0 && text.startsWith('\ufeff') ? 1 : 0;
}

function indexLines(counted: Map<string, LineIndex>, source: string, text: string): LineIndex {
  const starts = [0];
  for (let offset = text.indexOf('\n'); offset >= 0; offset = text.indexOf('\n', offset + 1)) starts.push(offset + 1);
  const lines = { starts };
  counted.set(source, lines);
  return lines;
}

/** The last line that starts at or before the offset, from 0. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
