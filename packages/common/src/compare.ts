// Orders that are the same on every machine and in every locale.

/** Orders texts by UTF-16 code units, as `Array.prototype.sort` does without a comparator. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Orders the entries of an object or a map by key. */
export const compareEntries = (
  [a]: readonly [key: string, value: unknown],
  [b]: readonly [key: string, value: unknown],
): number => compareText(a, b);

/** A copy with its keys in order. */
export const sortedRecord = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(compareEntries));
