// The first line of a review: verbs and numbers, the most severe first.
import { countText } from '@i2kit/common';
import type { Effect, Verb } from './effects/effect.ts';
import { verbs } from './effects/index.ts';
import { shortObjectName } from './phrases.ts';
import type { StackReview } from './stackReview.ts';

/** Verbs that are listed even if there are none. */
const alwaysListed: readonly Verb[] = ['REPLACE', 'DESTROY'];

export function verdict({ effects, keptVolumes, cost }: StackReview): string {
  if (effects.length === 0) return 'No changes';
  const parts = verbs.flatMap((verb) => {
    const found = effects.filter((effect) => effect.verb === verb);
    return found.length === 0 && !alwaysListed.includes(verb) ? [] : [`${verb} ${verbSummary(verb, found)}`];
  });
  const kept = keptVolumes > 0 ? [`KEEP ${countText(keptVolumes, 'volume')}`] : [];
  return [...parts, ...kept, ...(cost ? [costDelta(cost.after.total - cost.before.total)] : [])].join(' · ');
}

function verbSummary(verb: Verb, found: readonly Effect[]): string {
  const [first] = found;
  // A single rollout or scaling is described in full.
  if (found.length === 1 && first && (verb === 'ROLL' || verb === 'SCALE'))
    return `${first.text} (${shortObjectName(first.object)})`;
  if (verb === 'ROLL') {
    const machines = found.reduce((sum, effect) => sum + (effect.machines ?? 0), 0);
    const minutes = Math.max(...found.map((effect) => effect.minutes ?? 0));
    return `${countText(machines, 'machine')} of ${countText(found.length, 'workload')}, about ${minutes} min`;
  }
  return String(found.length);
}

/** `+$12.30/month`, an estimate. */
export function costDelta(dollars: number): string {
  const rounded = Math.round(dollars * 100) / 100;
  return `${rounded < 0 ? '-' : '+'}$${Math.abs(rounded).toFixed(2)}/month`;
}
