// Splits a source into documents and checks its characters and line ends.

import { escapeInvisible } from '@i2kit/common';
import { YamlProblem } from './errors.ts';

/** YAML 1.1 section 5.1, without line breaks; half of a surrogate pair has no UTF-8 form. */
const FORBIDDEN_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u;

/** NEL, LS and PS end a line for Kubernetes (YAML 1.1) but not for YAML 1.2: a text with them is ambiguous. */
const AMBIGUOUS_LINE_BREAK = /[\x85\u2028\u2029]/;

/**
 * Finds characters that no manifest may contain, once for a whole source. The first character that makes the text
 * unreadable, if any.
 */
export function forbiddenCharacter(text: string): YamlProblem | undefined {
  const offset = text.search(FORBIDDEN_CHARACTER);
  if (offset < 0) return undefined;
  return new YamlProblem(
    'I2K106',
    `the text contains the character ${escapeInvisible(text.charAt(offset))}, which YAML does not allow`,
    offset,
    'Remove it, or write it as an escape such as "\\x1b" in double quotes. A NUL cannot be written at all.',
  );
}

/** The same for the line breaks on which YAML's versions differ; JSON allows them in strings. */
export function ambiguousLineBreak(text: string): YamlProblem | undefined {
  const offset = text.search(AMBIGUOUS_LINE_BREAK);
  if (offset < 0) return undefined;
  return new YamlProblem(
    'I2K106',
    `the text contains the character ${escapeInvisible(text.charAt(offset))}, at which Kubernetes ends the line`,
    offset,
    'Write it as "\\N" (U+0085), "\\L" (U+2028) or "\\P" (U+2029) in double quotes.',
  );
}

/** CRLF and lone carriage returns end a line as a line feed does. Lines and columns do not change. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Converts indices between a text and its `withLineFeeds` form. The line ends are looked for once. */
export interface LineEndOffsets {
  /** Index in the original of an index in the `withLineFeeds` text. */
  original(offset: number): number;
  /** Index in the `withLineFeeds` text of an index in the original. */
  withLineFeeds(offset: number): number;
}

export function lineEndOffsets(text: string): LineEndOffsets {
  /** Positions of `\r\n`, each of which is one character less in the other text. */
  const pairs: number[] = [];
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) pairs.push(at);
  return {
    // The pair of number n is at `pairs[n] - n` in the other text.
    original: (offset) => offset + countBefore(pairs, (pair, number) => pair - number < offset),
    withLineFeeds: (offset) => offset - countBefore(pairs, (pair) => pair + 1 < offset),
  };
}

/** The number of leading items for which the condition holds; it holds for none after one for which it does not. */
function countBefore(items: readonly number[], holds: (item: number, index: number) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] ?? 0, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One document: `text.slice(start, end)`, directives and `---` included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const MARKER = /(?:^|\n)(---|\.\.\.)(?=[ \t\n]|$)/g;
/** The rest of the line is empty, or a comment. */
const BLANK_REST = /[ \t]*(?:#|\n|$)/y;
/** A line that is neither blank nor a comment; a directive is one. */
const CONTENT = /(?:^|\n)[ \t]*[^ \t\n#]/;
/** The same, without directives. */
const BEYOND_DIRECTIVES = /(?:^|\n)(?:[ \t]*[^ \t\n#%]|[ \t]+%)/;

/**
 * Splits a source into documents at the lines that end one wherever they occur: `---` and `...` (YAML 1.2.2, section
 * 9.2).
 * The documents of a text, in order, without empty ones. A byte order mark at the start is part of none. A marker
 * inside quotes or a block ends the document too, as YAML requires.
 * @param text with line feeds only
 */
export function splitDocuments(text: string): TextRange[] {
  const from = text.startsWith('\ufeff') ? 1 : 0;
  const body = text.slice(from);
  const parts: TextRange[] = [];
  /** Start of the open document, and of its content. */
  let start = 0;
  let content = 0;

  const close = (end: number): void => {
    if (CONTENT.test(body.slice(content, end))) parts.push({ start: start + from, end: end + from });
  };
  for (const match of body.matchAll(MARKER)) {
    const marker = match[1];
    const offset = match.index + match[0].length - 3;
    const after = offset + 3;
    if (marker === '...') {
      // Text after the dots belongs to no document: it stays, so that the reader reports it.
      BLANK_REST.lastIndex = after;
      if (!BLANK_REST.test(body)) continue;
      close(offset);
      start = after;
      content = after;
    } else {
      // Directives belong to the document that `---` begins.
      if (content > start || BEYOND_DIRECTIVES.test(body.slice(start, offset))) {
        close(offset);
        start = offset;
      }
      content = after;
    }
  }
  close(body.length);
  return parts;
}
