// Phrases that messages of all packages share.

/** `1 machine`, `2 machines`; `many` defaults to the noun with an s. */
export const countText = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`; `conjunction` defaults to `and`. */
export const listText = (items: readonly string[], conjunction = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items[items.length - 1]}`;
