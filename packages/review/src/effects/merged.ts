// The groups of one object (a StatefulSet has one for each ordinal) as one effect: nobody thinks of them apart.
import { count } from '../words.ts';
import type { Effect } from './effect.ts';

export function merged(effects: readonly Effect[]): readonly Effect[] {
  const found = new Map<string, Effect>();
  for (const effect of effects) {
    const key = effect.area === 'machines' && effect.object !== '' ? `${effect.object}\n${effect.verb}` : `${found.size}`;
    const known = found.get(key);
    found.set(key, known ? together(known, effect) : effect);
  }
  return [...found.values()];
}

function together(a: Effect, b: Effect): Effect {
  const machines = (a.machines ?? 0) + (b.machines ?? 0);
  const minutes = (a.minutes ?? 0) + (b.minutes ?? 0);
  return {
    ...a,
    ids: [...a.ids, ...b.ids],
    changes: [...a.changes, ...b.changes],
    machines,
    ...(minutes > 0 && { minutes }),
    text: words(a, machines, minutes),
  };
}

/** Each ordinal is a group of one machine, which follows on the one before. */
function words({ verb, text }: Effect, machines: number, minutes: number): string {
  const type = /\(([^)]+)\)/.exec(text)?.[0];
  const what = `${count(machines, 'machine')}${type ? ` ${type}` : ''}`;
  switch (verb) {
    case 'ROLL':
      return `${what}, one at a time, about ${minutes} min`;
    case 'SCALE':
      return `${machines > 0 ? `${machines} more` : `${-machines} fewer`}`;
    case 'CREATE':
    case 'DESTROY':
    case 'REPLACE':
      return what;
    default:
      return text;
  }
}
