// Renders the changed properties of an effect, one line each, named as in the manifest if that is known.
import { canonicalJson, escapeInvisible, type Json } from '@i2kit/common';
import type { Effect } from '../effects/effect.ts';
import { propertyNameOf, valueText } from './format.ts';

/** Longer values are shown around their first and last difference, or by their start and end. */
const maxLength = 200;
/** Characters shown of what is equal before and after a difference. */
const context = 30;

export function changeLines({ area, changes }: Effect): readonly string[] {
  // A workload's group and launch template need no names; of several other resources, each line names its own.
  const named = area !== 'machines' && new Set(changes.map(({ id }) => id)).size > 1;
  return changes.map(({ id, path, before, after, because, replacement }) => {
    const name = `${named ? `${id}.` : ''}${propertyNameOf(path)}`;
    const forced = replacement === 'will' ? '  (replaces it)' : replacement === 'may' ? '  (may replace it)' : '';
    if (because !== undefined) return escapeInvisible(`${name}: follows ${because}${forced}`);
    if (before === undefined) return escapeInvisible(`+ ${name}: ${endsOf(textOf(after))}${forced}`);
    if (after === undefined) return escapeInvisible(`- ${name}: ${endsOf(textOf(before))}${forced}`);
    const same = textOf(before) === textOf(after);
    // A number and its text, or two forms of one call: only JSON tells them apart.
    const texts = same ? [canonicalJson(before), canonicalJson(after)] : [textOf(before), textOf(after)];
    const [from, to] = differingParts(texts[0] ?? '', texts[1] ?? '');
    return escapeInvisible(`~ ${name}: ${from} → ${to}${forced}`);
  });
}

/** Quoted if it would be read as something else: without visible text, or with the sign between two values. */
function textOf(value: Json | undefined): string {
  const text = valueText(value);
  return typeof value === 'string' && (text.trim() !== text || text === '' || text.includes('→'))
    ? JSON.stringify(text)
    : text;
}

/** The start and the end of a long text, with the number of characters between them. */
function endsOf(text: string): string {
  if (text.length <= maxLength * 5) return text;
  const half = (maxLength * 5) / 2;
  return `${headOf(text, half)}${omission(text.length - 2 * half)}${tailOf(text, half)}`;
}

/** Two long texts, cut to the part between their first and last difference with some context. */
export function differingParts(before: string, after: string): readonly [before: string, after: string] {
  if (before.length <= maxLength && after.length <= maxLength) return [before, after];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const cut = (text: string) => {
    const head = text.slice(0, start);
    const tail = text.slice(text.length - end);
    const shownHead = head.length <= context ? head : `${omission(head.length - context)}${tailOf(head, context)}`;
    const shownTail = tail.length <= context ? tail : `${headOf(tail, context)}${omission(tail.length - context)}`;
    return `${shownHead}${endsOf(text.slice(start, text.length - end))}${shownTail}`;
  };
  return [cut(before), cut(after)];
}

const omission = (characters: number): string => `…(${characters} characters)…`;

/** Never half of a surrogate pair. */
const headOf = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
const tailOf = (text: string, length: number): string => text.slice(-length).replace(/^[\udc00-\udfff]/, '');
