// The table of concerns: one file each, one line here.
import { compareText } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import { conflictEffects } from './conflicts.ts';
import { dataEffects } from './data.ts';
import { dedupeEffects, withRelatedResources } from './dedupeEffects.ts';
import type { Area, Effect, Verb } from './effect.ts';
import { changesTagsOnly, fallbackEffects, tagEffects } from './fallback.ts';
import { machineEffects } from './machines.ts';
import { networkEffects } from './network.ts';
import { permissionEffects } from './permissions.ts';
import { logicalIdChanges, workloadRenames } from './renames.ts';

const analyzers: readonly ((comparison: Comparison) => readonly Effect[])[] = [
  machineEffects,
  dataEffects,
  networkEffects,
  permissionEffects,
];

/** The loudest first, then by object. */
export function effectsOf(whole: Comparison): readonly Effect[] {
  const comparison = {
    ...whole,
    changes: new Map([...whole.changes].filter(([, change]) => !changesTagsOnly(change))),
  };
  const told = withRelatedResources(
    comparison,
    dedupeEffects([...analyzers.flatMap((concern) => concern(comparison)), ...logicalIdChanges(comparison)]),
  );
  const known = new Set(told.flatMap(({ ids }) => ids));
  const all = [
    ...told,
    ...fallbackEffects(comparison, known),
    ...workloadRenames(comparison),
    ...tagEffects(whole),
    ...conflictEffects(comparison),
  ];
  return [...all].sort(
    (a, b) => rankOf(a) - rankOf(b) || compareText(a.object, b.object) || areas.indexOf(a.area) - areas.indexOf(b.area),
  );
}

export const verbs: readonly Verb[] = [
  'FAIL',
  'DESTROY',
  'REPLACE',
  'INTERRUPT',
  'MOVE',
  'ROLL',
  'SCALE',
  'UPDATE',
  'CREATE',
  'RETAIN',
];
const areas: readonly Area[] = ['machines', 'data', 'network', 'rights', 'other'];

const rankOf = ({ verb }: Effect): number => verbs.indexOf(verb);
