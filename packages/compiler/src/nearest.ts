// The known name that someone who mistyped another probably meant.

/** The nearest of the names, if it is near: the same but for case, or at most a third of its letters away. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name.length > 100) return undefined;
  const lower = name.toLowerCase();
  let best: string | undefined;
  let least = Math.floor(name.length / 3) + 0.5;
  for (const each of names) {
    if (Math.abs(each.length - name.length) > least) continue;
    const away = distance(lower, each.toLowerCase());
    if (away >= least) continue;
    least = away;
    best = each;
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours that make one text the other (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
