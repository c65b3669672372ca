// Characters that no manifest may hold, looked for once in a whole source.
import { visible } from '../../render/visible.ts';
import { Problem } from './problem.ts';

/** YAML 1.1 section 5.1, without what only breaks lines; half of a surrogate pair has no UTF-8 form. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u;

/** NEL, LS and PS end a line for Kubernetes (YAML 1.1) and do not for YAML 1.2: no text with them means one thing. */
const LINE_BREAK = /[\x85\u2028\u2029]/;

/** The first character that makes the text unreadable, if any. */
export function forbiddenCharacter(text: string): Problem | undefined {
  const at = text.search(FORBIDDEN);
  if (at < 0) return undefined;
  return new Problem(
    'I2K106',
    `the text holds the character ${visible(text.charAt(at))}, which YAML does not allow`,
    at,
    'remove it, or write it as an escape such as "\\x1b" in double quotes; a NUL cannot be written at all',
  );
}

/** The same for the line breaks on which YAML's versions differ; JSON allows them in its strings. */
export function ambiguousLineBreak(text: string): Problem | undefined {
  const at = text.search(LINE_BREAK);
  if (at < 0) return undefined;
  return new Problem(
    'I2K106',
    `the text holds the character ${visible(text.charAt(at))}, at which Kubernetes ends the line`,
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
