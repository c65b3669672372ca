// The table of analyzers, and the effects of a comparison in order.
import { compareText } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import { conflictEffects } from './conflicts.ts';
import { dataEffects } from './data.ts';
import { dedupeEffects, withRelatedResources } from './dedupeEffects.ts';
import type { Area, Effect, Verb } from './effect.ts';
import { changesTagsOnly, fallbackEffects, tagEffects } from './fallback.ts';
import { digestEffects } from './imageDigests.ts';
import { machineEffects } from './machines.ts';
import { networkEffects } from './network.ts';
import { permissionEffects } from './permissions.ts';
import { privilegeEffects } from './privileges.ts';
import { logicalIdChanges, workloadRenames } from './renames.ts';
import { templateEffects } from './templateSections.ts';

const analyzers: readonly ((comparison: Comparison) => readonly Effect[])[] = [
  machineEffects,
  dataEffects,
  networkEffects,
  permissionEffects,
  privilegeEffects,
];

/** By severity, then by object. */
export function effectsOf(whole: Comparison): readonly Effect[] {
  const comparison = {
    ...whole,
    changes: new Map([...whole.changes].filter(([, change]) => !changesTagsOnly(change))),
  };
  const reported = withRelatedResources(
    comparison,
    dedupeEffects([...analyzers.flatMap((concern) => concern(comparison)), ...logicalIdChanges(comparison)]),
  );
  const known = new Set(reported.flatMap(({ ids }) => ids));
  const resources = [
    ...reported,
    ...fallbackEffects(comparison, known),
    ...workloadRenames(comparison),
    ...tagEffects(whole),
    ...conflictEffects(comparison),
    ...digestEffects(comparison),
  ];
  const all = [...resources, ...templateEffects(comparison, resources.length > 0)];
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
