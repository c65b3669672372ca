// The known word that a mistyped one most likely meant.

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Undefined where nothing is near enough for the guess to help: about one edit in three letters. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // Nobody mistypes a word of a thousand letters, and comparing one takes long.
  if (word.length > 100) return undefined;
  let best: { word: string; edits: number } | undefined;
  for (const candidate of known) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits <= Math.max(1, Math.floor(candidate.length / 3)) && edits < (best?.edits ?? Infinity))
      best = { word: candidate, edits };
  }
  return best?.word;
}

/** ` Did you mean X?`, or nothing. */
export function didYouMean(word: string, known: readonly string[], as: (word: string) => string = (w) => w): string {
  const found = nearest(word, known);
  return found === undefined ? '' : ` Did you mean ${as(found)}?`;
}
