// Characters that a terminal would obey, or that would hide what stands there, as escapes that can be read.

// C0, DEL, C1; then what changes the direction of text, has no width, or ends a line.
const CONTROL_CHARACTERS =
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/gu;

/** The text with each such character as `\u001b`; nothing in it can move the cursor, change a colour or end the line. */
export function escapeControlCharacters(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
