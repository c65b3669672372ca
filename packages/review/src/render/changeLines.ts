// The third tier of a review: what changes in an effect's resources, a line each, named as in the manifest where that is known.
import type { Json } from '@i2kit/common';
import type { Effect } from '../effects/effect.ts';
import { escapeControls, propertyNameOf, valueText } from './format.ts';

/** Longer values say how long they are. */
const maxValueLength = 200;

export function changeLines({ changes }: Effect): readonly string[] {
  return changes.map(({ path, before, after, because, replacement }) => {
    const name = propertyNameOf(path);
    const forced =
      replacement === 'will' ? '  (makes a new one)' : replacement === 'may' ? '  (may make a new one)' : '';
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
