// The table of analyzers, and the effects of a comparison in order.
import { compareText } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import { conflictEffects } from './conflicts.ts';
import { dataEffects } from './data.ts';
import { dedupeEffects, mergedAccess, withRelatedResources } from './dedupeEffects.ts';
import type { Area, Effect, Verb } from './effect.ts';
import { changesTagsOnly, fallbackEffects, tagEffects } from './fallback.ts';
import { digestEffects } from './imageDigests.ts';
import { machineAccessEffects } from './machineAccess.ts';
import { machineEffects } from './machines.ts';
import { networkEffects } from './network.ts';
import { networkAccessEffects } from './networkAccess.ts';
import { permissionEffects } from './permissions.ts';
import { privilegeEffects } from './privileges.ts';
import { logicalIdChanges, workloadRenames } from './renames.ts';
import { resourcePolicyEffects } from './resourcePolicies.ts';
import { templateEffects } from './templateSections.ts';
import { unreadableEffects } from './unreadable.ts';

type Analyzer = (comparison: Comparison) => readonly Effect[];

/** Each reports all changes of its resources. */
const analyzers: readonly Analyzer[] = [machineEffects, dataEffects, networkEffects, permissionEffects];

/** Each reports something about resources whose changes others report. */
const accessAnalyzers: readonly Analyzer[] = [
  privilegeEffects,
  machineAccessEffects,
  networkAccessEffects,
  resourcePolicyEffects,
  unreadableEffects,
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
    ...mergedAccess(accessAnalyzers.flatMap((concern) => concern(whole))),
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
