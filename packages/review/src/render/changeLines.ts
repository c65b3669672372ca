// Renders the changed properties of an effect, one line each, named as in the manifest if that is known.
import type { Json } from '@i2kit/common';
import type { Effect } from '../effects/effect.ts';
import { escapeControls, propertyNameOf, valueText } from './format.ts';

/** Longer values are shortened. */
const maxValueLength = 200;

export function changeLines({ changes }: Effect): readonly string[] {
  return changes.map(({ path, before, after, because, replacement }) => {
    const name = propertyNameOf(path);
    const forced = replacement === 'will' ? '  (replaces it)' : replacement === 'may' ? '  (may replace it)' : '';
    if (because !== undefined) return escapeControls(`${name}: follows ${because}${forced}`);
    if (before === undefined) return escapeControls(`+ ${name}: ${abbreviatedValue(after)}${forced}`);
    if (after === undefined) return escapeControls(`- ${name}: ${abbreviatedValue(before)}${forced}`);
    return escapeControls(`~ ${name}: ${abbreviatedValue(before)} → ${abbreviatedValue(after)}${forced}`);
  });
}

function abbreviatedValue(value: Json | undefined): string {
  const whole = valueText(value);
  return whole.length <= maxValueLength ? whole : `${whole.slice(0, maxValueLength)}… (${whole.length} characters)`;
}
