// Two long texts, cut to the places where they differ, each with some of the equal text around it.

/** Texts up to this length are shown whole. */
const maxLength = 200;
/** Characters shown of equal text beside a difference. */
const context = 30;
/** Characters shown of a part that only one text has, half of them from its end. */
const maxPart = 2000;
/** Comparisons of words of one part; beyond that, the part counts as replaced. */
const maxComparisons = 250_000;
/** Equal pieces are looked for between equal pieces, this often. */
const maxDepth = 20;

/** The start and the end of a long text, with the number of characters between them. */
export function endsOf(text: string): string {
  if (text.length <= maxPart) return text;
  const [start, end] = [headOf(text, maxPart / 2), tailOf(text, maxPart / 2)];
  return `${start}${omission(text.length - start.length - end.length)}${end}`;
}

/** Never equal: two texts that look the same when cut are shown whole. */
export function differingParts(before: string, after: string): readonly [before: string, after: string] {
  if (before.length <= maxLength && after.length <= maxLength) return [before, after];
  const parts = partsOf(before, after);
  const shown = parts.map((part, at) =>
    part.length === 1
      ? Array(2).fill(equalText(part[0], at === 0, at === parts.length - 1))
      : [endsOf(part[0]), endsOf(part[1])],
  );
  const [from, to] = [0, 1].map((side) => shown.map((each) => each[side]).join('')) as [string, string];
  return from === to ? [before, after] : [from, to];
}

/** An equal part, or a part of each text. */
type Part = readonly [equal: string] | readonly [before: string, after: string];

/** Lines are compared first, then the words of lines that differ, then their characters from both ends. */
function partsOf(before: string, after: string): readonly Part[] {
  const lines = matched(before.split(/(?<=\n)/), after.split(/(?<=\n)/));
  const words = lines.flatMap((part) =>
    part.length === 1 ? [part] : matched(part[0].split(wordEnds), part[1].split(wordEnds)),
  );
  return joined(words.flatMap(trimmed));
}

const wordEnds = /(?<=[\s,;:"'/=&|<>(){}[\]])/;

/** Neighbours of one kind become one part; parts without text are left out. */
function joined(parts: readonly Part[]): readonly Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    if (part.every((text) => text === '')) continue;
    const last = found[found.length - 1];
    if (last?.length === 1 && part.length === 1) found[found.length - 1] = [last[0] + part[0]];
    else if (last?.length === 2 && part.length === 2) found[found.length - 1] = [last[0] + part[0], last[1] + part[1]];
    else found.push(part);
  }
  return found;
}

function trimmed(part: Part): readonly Part[] {
  if (part.length === 1) return [part];
  const [before, after] = part;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const middle = (text: string) => text.slice(start, text.length - end);
  return [[before.slice(0, start)], [middle(before), middle(after)], [before.slice(before.length - end)]];
}

/** Pieces that both lists have in the same order are equal parts; the pieces between them are replaced. */
function matched(before: readonly string[], after: readonly string[], depth = 0): readonly Part[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return [[before.slice(0, start).join('')], ...middleParts(a, b, depth), [before.slice(before.length - end).join('')]];
}

function middleParts(a: readonly string[], b: readonly string[], depth: number): readonly Part[] {
  if (a.length === 0 || b.length === 0 || depth === maxDepth) return [[a.join(''), b.join('')]];
  const pairs = uniquePairs(a, b);
  const anchors = pairs.length > 0 ? increasing(pairs) : a.length * b.length <= maxComparisons ? commonPairs(a, b) : [];
  if (anchors.length === 0) return [[a.join(''), b.join('')]];
  const parts: Part[] = [];
  let [fromA, fromB] = [0, 0];
  for (const [atA, atB] of [...anchors, [a.length, b.length] as const]) {
    // Between unique pieces there may be more equal ones.
    const [restA, restB] = [a.slice(fromA, atA), b.slice(fromB, atB)];
    parts.push(...(pairs.length > 0 ? matched(restA, restB, depth + 1) : [[restA.join(''), restB.join('')] as const]));
    parts.push([a[atA] ?? '']);
    [fromA, fromB] = [atA + 1, atB + 1];
  }
  return parts;
}

type Pair = readonly [atA: number, atB: number];

/** Positions of pieces that occur once in both lists, in the order of the first. */
function uniquePairs(a: readonly string[], b: readonly string[]): readonly Pair[] {
  const places = (list: readonly string[]) => {
    const found = new Map<string, number>();
    for (const [at, piece] of list.entries()) found.set(piece, found.has(piece) ? -1 : at);
    return found;
  };
  const others = places(b);
  return [...places(a)].flatMap(([piece, atA]) => {
    const atB = others.get(piece) ?? -1;
    return atA >= 0 && atB >= 0 ? [[atA, atB] as const] : [];
  });
}

/** The longest list of pairs that increases in both positions. */
function increasing(pairs: readonly Pair[]): readonly Pair[] {
  const tails: { readonly pair: Pair; readonly previous: number }[][] = [];
  for (const pair of pairs) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const pile = tails[middle] ?? [];
      if ((pile[pile.length - 1]?.pair[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    const previous = low === 0 ? -1 : (tails[low - 1]?.length ?? 0) - 1;
    if (low === tails.length) tails.push([]);
    tails[low]?.push({ pair, previous });
  }
  const found: Pair[] = [];
  let at = (tails[tails.length - 1]?.length ?? 0) - 1;
  for (let pile = tails.length - 1; pile >= 0; pile--) {
    const entry = tails[pile]?.[at];
    if (!entry) break;
    found.push(entry.pair);
    at = entry.previous;
  }
  return found.reverse();
}

/** The longest common subsequence of two short lists. */
function commonPairs(a: readonly string[], b: readonly string[]): readonly Pair[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const length = (atA: number, atB: number) => lengths[atA * width + atB] ?? 0;
  for (let atA = a.length - 1; atA >= 0; atA--)
    for (let atB = b.length - 1; atB >= 0; atB--)
      lengths[atA * width + atB] =
        a[atA] === b[atB] ? length(atA + 1, atB + 1) + 1 : Math.max(length(atA + 1, atB), length(atA, atB + 1));
  const found: Pair[] = [];
  let [atA, atB] = [0, 0];
  while (atA < a.length && atB < b.length) {
    if (a[atA] === b[atB]) found.push([atA++, atB++]);
    else if (length(atA + 1, atB) >= length(atA, atB + 1)) atA++;
    else atB++;
  }
  return found;
}

function equalText(text: string, isFirst: boolean, isLast: boolean): string {
  const [head, tail] = [isFirst ? '' : headOf(text, context), isLast ? '' : tailOf(text, context)];
  const left = text.length - head.length - tail.length;
  return left <= omission(left).length ? text : `${head}${omission(left)}${tail}`;
}

const omission = (characters: number): string => `…(${characters} characters)…`;

/** Never half of a surrogate pair. */
const headOf = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
const tailOf = (text: string, length: number): string => text.slice(-length).replace(/^[\udc00-\udfff]/, '');
