// Joins effects that belong together: the groups of one object, and resources that come and go with its machines.

import { countText } from '@i2kit/common';
import { type Comparison, objectOfChange } from '../comparison.ts';
import { type Effect, propertyChangesOf } from './effect.ts';

/** Merges the groups of one object into one effect: a StatefulSet has one group per ordinal. */
export function dedupeEffects(effects: readonly Effect[]): readonly Effect[] {
  const found = new Map<string, Effect>();
  for (const effect of effects) {
    const key =
      effect.area === 'machines' && effect.object !== '' ? `${effect.object}\n${effect.verb}` : `${found.size}`;
    const known = found.get(key);
    found.set(key, known ? combineEffects(known, effect) : effect);
  }
  return [...found.values()];
}

function combineEffects(a: Effect, b: Effect): Effect {
  const machines = (a.machines ?? 0) + (b.machines ?? 0);
  const minutes = (a.minutes ?? 0) + (b.minutes ?? 0);
  return {
    ...a,
    ids: [...a.ids, ...b.ids],
    changes: [...a.changes, ...b.changes],
    machines,
    ...(minutes > 0 && { minutes }),
    text: combinedText(a, machines, minutes),
  };
}

/** Each ordinal is a group of one machine; they are replaced one after another. */
function combinedText({ verb, text }: Effect, machines: number, minutes: number): string {
  const type = /\(([^()]+)\)/.exec(text)?.[0];
  const what = `${countText(machines, 'machine')}${type ? ` ${type}` : ''}`;
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

/** Joins equal effects of one object: each ordinal of a StatefulSet has a launch template. */
export function mergedAccess(effects: readonly Effect[]): readonly Effect[] {
  const found = new Map<string, Effect>();
  for (const effect of effects) {
    const key = [effect.object || effect.ids[0], effect.area, effect.verb, effect.text].join('\n');
    const known = found.get(key);
    found.set(
      key,
      known ? { ...known, ids: [...known.ids, ...effect.ids], changes: [...known.changes, ...effect.changes] } : effect,
    );
  }
  return [...found.values()];
}

const relatedTypes = [
  'AWS::EC2::LaunchTemplate',
  'AWS::IAM::InstanceProfile',
  'AWS::EC2::NetworkInterface',
  'AWS::AutoScaling::LifecycleHook',
];

/**
 * Resources that come and go only with machines and have no line of their own. Adds such resources to the ids of the
 * machines that are created or destroyed with them.
 */
export function withRelatedResources({ changes }: Comparison, effects: readonly Effect[]): readonly Effect[] {
  return effects.map((effect) => {
    const action = effect.verb === 'CREATE' ? 'add' : effect.verb === 'DESTROY' ? 'remove' : undefined;
    if (effect.area !== 'machines' || action === undefined) return effect;
    const more = [...changes.values()].filter(
      (change) =>
        relatedTypes.includes(change.type) &&
        change.action === action &&
        objectOfChange(change) === effect.object &&
        !effect.ids.includes(change.id),
    );
    return {
      ...effect,
      ids: [...effect.ids, ...more.map(({ id }) => id)],
      changes: [...effect.changes, ...more.flatMap(propertyChangesOf)],
    };
  });
}
