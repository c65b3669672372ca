// The known name that a mistyped one most likely means.

/** Longer words are not compared: nobody mistypes them, and the comparison takes the product of the lengths. */
const MAX_LENGTH = 100;

/**
 * The most similar known name, if it is similar enough for the guess to help:
 * the same but for case, or at most one edit for each three letters of the longer of the two.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const lower = name.toLowerCase();
  let best: string | undefined;
  let leastEdits = Number.POSITIVE_INFINITY;
  for (const each of known) {
    const allowed = Math.floor(Math.max(name.length, each.length) / 3);
    if (Math.abs(each.length - name.length) > allowed) continue;
    const edits = editDistance(lower, each.toLowerCase());
    if (edits > allowed || edits >= leastEdits) continue;
    leastEdits = edits;
    best = each;
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours between two texts (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
