// Text that somebody else wrote, without what a terminal would obey.

/** Control characters and those that change the direction of writing become visible. */
export const harmless = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
