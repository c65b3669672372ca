// The third tier of a review: what changes in an effect's resources, a line each, named as in the manifest where that is known.
import type { Effect } from '../effects/effect.ts';
import type { Json } from '../template.ts';
import { harmless } from './harmless.ts';
import { nameOf } from './names.ts';
import { printed } from './value.ts';

/** Longer values say how long they are. */
const longest = 200;

export function hunks({ changes }: Effect): readonly string[] {
  return changes.map(({ path, before, after, because, replacement }) => {
    const name = nameOf(path);
    const forced = replacement === 'will' ? '  (makes a new one)' : replacement === 'may' ? '  (may make a new one)' : '';
    if (because !== undefined) return harmless(`${name}: follows ${because}${forced}`);
    if (before === undefined) return harmless(`+ ${name}: ${brief(after)}${forced}`);
    if (after === undefined) return harmless(`- ${name}: ${brief(before)}${forced}`);
    return harmless(`~ ${name}: ${brief(before)} → ${brief(after)}${forced}`);
  });
}

function brief(value: Json | undefined): string {
  const whole = printed(value);
  return whole.length <= longest ? whole : `${whole.slice(0, longest)}… (${whole.length} characters)`;
}
