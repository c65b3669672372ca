// Helpers for sentences of the command line.

/** The last lines of a program's output as one line, which usually name the cause of its end. */
export const lastLines = (text: string): string =>
  text
    .trim()
    .split(/\s*\n\s*/)
    .slice(-5)
    .join(' / ');

/** Escapes control characters: a file name must not move the cursor or hide a line. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
