// Phrases that messages of all packages share, and the escaping of characters that nobody sees.

/** `1 machine`, `2 machines`; `many` defaults to the noun with an s. */
export const countText = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`; `conjunction` defaults to `and`. */
export const listText = (items: readonly string[], conjunction = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items[items.length - 1]}`;

/** The text without the character at its end, however often it stands there; a regular expression would take quadratic time. */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

/**
 * Characters that a text from outside may not contain when it is shown: C0, DEL and C1 controls, line ends, characters that change
 * the direction of text or have no width, fillers that look like nothing, tags and variation selectors, and lone surrogates.
 */
const INVISIBLE_CHARACTERS =
  /[\0-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}|\u034f|\u17b4|\u17b5|[\u{e0000}-\u{e01ef}]/gu;

/** `replacement` gives the text that takes the place of each invisible character. */
export const replaceInvisible = (text: string, replacement: (character: string) => string): string =>
  text.replace(INVISIBLE_CHARACTERS, replacement);

/** The text with each such character as `\\u001b`: no part of it can move the cursor, change a colour, end the line or hide. */
export const escapeInvisible = (text: string): string =>
  replaceInvisible(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
