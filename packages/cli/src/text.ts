// Helpers for sentences of the command line.

/** The last lines of a program's output as one line, which usually name the cause of its end. */
export const lastLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-5)
    .join(' / ');
