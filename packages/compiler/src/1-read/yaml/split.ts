// A source cut into documents, at the lines that end one wherever they stand: `---` and `...` (YAML 1.2.2, section 9.2).

/** One document: `text.slice(start, end)`, directives and `---` included. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

const MARKER = /(?:^|\n)(---|\.\.\.)(?=[ \t\n]|$)/g;
/** Nothing more on this line, or a comment. */
const BLANK = /[ \t]*(?:#|\n|$)/y;
/** A line that is neither blank nor a comment; a directive is one. */
const CONTENT = /(?:^|\n)[ \t]*[^ \t\n#]/;
/** The same, without directives. */
const BEYOND_DIRECTIVES = /(?:^|\n)(?:[ \t]*[^ \t\n#%]|[ \t]+%)/;

/**
 * The documents of a text, in order, without those that hold nothing; a byte order mark at the start is part of none.
 * A marker within quotes or a block ends the document too, as YAML says.
 * @param text with line feeds only
 */
export function splitDocuments(text: string): Part[] {
  const from = text.startsWith('\ufeff') ? 1 : 0;
  const body = text.slice(from);
  const parts: Part[] = [];
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
      BLANK.lastIndex = after;
      if (!BLANK.test(body)) continue;
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
