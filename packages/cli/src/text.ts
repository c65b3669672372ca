// Small helpers for the sentences that the command line writes.

/** What a program said last, which is mostly why it ended, as one line. */
export const lastLines = (text: string): string =>
  text
    .trim()
    .split(/\s*\n\s*/)
    .slice(-5)
    .join(' / ');

/** Makes control characters visible: what a file is called must not be able to move the cursor or hide a line. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
