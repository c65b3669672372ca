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
 * Characters that a text from outside may not contain when it is shown: controls, line ends, characters that change the direction of
 * text or are drawn as nothing, variation selectors, tags, fillers, spaces other than the usual one, and lone surrogates.
 */
const INVISIBLE_CHARACTERS =
  /\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|[\u2800\ufff9-\ufffb\ufffe\uffff\u{13430}-\u{1345f}\u{16fe4}\u{1d159}]/gu;

/** Names of hosts, images, files and the like: their letters, digits and signs, also of other scripts. */
const NAMES = /[\p{L}\p{M}\p{N}._:/@\u2010-\u2012\u2024\u2044\u2212\u2215\u29f8\u3002\uff0e\uff0f\uff1a\uff61-]+/gu;

/** Letters and signs that look like those of ASCII: other alphabets, forms of letters for mathematics, wide forms, hyphens, slashes. */
const LOOK_ALIKES =
  /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}|\p{Script=Cherokee}|\p{Script=Coptic}|\p{Script=Lisu}|[\u0131\u01c0\u0251\u0261\u2010-\u2012\u2024\u2044\u2100-\u214f\u2160-\u217f\u2212\u2215\u29f8\u3002\uff01-\uff5e\uff61\u{1d400}-\u{1d7ff}]/gu;

/** `replacement` gives the text that takes the place of each invisible character. */
export const replaceInvisible = (text: string, replacement: (character: string) => string): string =>
  text.replace(INVISIBLE_CHARACTERS, replacement);

/** The text with each look-alike in a name that also has a letter of ASCII as `\\u0430`: no name looks like another one. */
export const escapeLookAlikes = (text: string): string =>
  text.replace(NAMES, (name) => (/[A-Za-z]/.test(name) ? name.replace(LOOK_ALIKES, escapeOf) : name));

/**
 * The text with each look-alike, and each invisible character as `\\u001b`: no part of it can move the cursor, change a colour, end the
 * line or hide.
 */
export const escapeInvisible = (text: string): string => replaceInvisible(escapeLookAlikes(text), escapeOf);

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
