// Text from the service, made harmless for a terminal: it may quote what contributors wrote.

// C0 and C1 controls, and what turns the direction of text around or hides in it.
const harmful = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One line without control characters: each is shown as its code, new lines as spaces. */
export const printable = (text: string): string =>
  text
    .replace(/\r?\n/g, ' ')
    .replace(/\t/g, ' ')
    .replace(harmful, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
