// Splits a source into documents and checks its characters and line ends.

import { escapeControlCharacters } from '../../render/escape.ts';
import { YamlProblem } from './errors.ts';

// Characters that no manifest may hold, looked for once in a whole source.

/** YAML 1.1 section 5.1, without what only breaks lines; half of a surrogate pair has no UTF-8 form. */
const FORBIDDEN_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u;

/** NEL, LS and PS end a line for Kubernetes (YAML 1.1) and do not for YAML 1.2: no text with them means one thing. */
const AMBIGUOUS_LINE_BREAK = /[\x85\u2028\u2029]/;

/** The first character that makes the text unreadable, if any. */
export function forbiddenCharacter(text: string): YamlProblem | undefined {
  const at = text.search(FORBIDDEN_CHARACTER);
  if (at < 0) return undefined;
  return new YamlProblem(
    'I2K106',
    `the text holds the character ${escapeControlCharacters(text.charAt(at))}, which YAML does not allow`,
    at,
    'remove it, or write it as an escape such as "\\x1b" in double quotes; a NUL cannot be written at all',
  );
}

/** The same for the line breaks on which YAML's versions differ; JSON allows them in its strings. */
export function ambiguousLineBreak(text: string): YamlProblem | undefined {
  const at = text.search(AMBIGUOUS_LINE_BREAK);
  if (at < 0) return undefined;
  return new YamlProblem(
    'I2K106',
    `the text holds the character ${escapeControlCharacters(text.charAt(at))}, at which Kubernetes ends the line`,
    at,
    'write it as "\\N" (U+0085), "\\L" (U+2028) or "\\P" (U+2029) in double quotes',
  );
}

/** CRLF and lone carriage returns end a line as a line feed does; lines and columns stay what they were. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The index in a text of what stands at this index in its `withLineFeeds`. */
export function originalOffset(text: string, offset: number): number {
  let original = offset;
  for (let at = text.indexOf('\r\n'); at >= 0 && at < original; at = text.indexOf('\r\n', at + 2)) original += 1;
  return original;
}

// A source cut into documents, at the lines that end one wherever they stand: `---` and `...` (YAML 1.2.2, section 9.2).

/** One document: `text.slice(start, end)`, directives and `---` included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const MARKER = /(?:^|\n)(---|\.\.\.)(?=[ \t\n]|$)/g;
/** Nothing more on this line, or a comment. */
const BLANK_REST = /[ \t]*(?:#|\n|$)/y;
/** A line that is neither blank nor a comment; a directive is one. */
const CONTENT = /(?:^|\n)[ \t]*[^ \t\n#]/;
/** The same, without directives. */
const BEYOND_DIRECTIVES = /(?:^|\n)(?:[ \t]*[^ \t\n#%]|[ \t]+%)/;

/**
 * The documents of a text, in order, without those that hold nothing; a byte order mark at the start is part of none.
 * A marker within quotes or a block ends the document too, as YAML says.
 * @param text with line feeds only
 */
export function splitDocuments(text: string): TextRange[] {
  const from = text.startsWith('\ufeff') ? 1 : 0;
  const body = text.slice(from);
  const parts: TextRange[] = [];
  /** Where the open document starts, and where its content does. */
  let start = 0;
  let content = 0;

  const close = (end: number): void => {
    if (CONTENT.test(body.slice(content, end))) parts.push({ start: start + from, end: end + from });
  };
  for (const match of body.matchAll(MARKER)) {
    const marker = match[1];
    const at = match.index + match[0].length - 3;
    const after = at + 3;
    if (marker === '...') {
      // What stands behind the dots belongs to no document: left where it is, so that the reader says so.
      BLANK_REST.lastIndex = after;
      if (!BLANK_REST.test(body)) continue;
      close(at);
      start = after;
      content = after;
    } else {
      // Directives belong to the document that `---` begins.
      if (content > start || BEYOND_DIRECTIVES.test(body.slice(start, at))) {
        close(at);
        start = at;
      }
      content = after;
    }
  }
  close(body.length);
  return parts;
}
