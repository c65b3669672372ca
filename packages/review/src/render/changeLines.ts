// Renders the changed properties of an effect, one line each, named as in the manifest if that is known.
import { canonicalJson, escapeInvisible, type Json } from '@i2kit/common';
import type { Effect } from '../effects/effect.ts';
import { propertyNameOf, valueText } from './format.ts';
import { differingParts, endsOf } from './textDifference.ts';

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
