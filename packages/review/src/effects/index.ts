// The table of concerns: one file each, one line here.
import type { Comparison } from '../comparison.ts';
import { collisions } from './collisions.ts';
import { withCompanions } from './companions.ts';
import { data } from './data.ts';
import type { Area, Effect, Verb } from './effect.ts';
import { machines } from './machines.ts';
import { merged } from './merged.ts';
import { readdressed, renamed } from './moves.ts';
import { network } from './network.ts';
import { others } from './others.ts';
import { rights } from './rights.ts';
import { tagged, tags } from './tags.ts';

const concerns: readonly ((comparison: Comparison) => readonly Effect[])[] = [machines, data, network, rights];

/** The loudest first, then by object. */
export function effects(whole: Comparison): readonly Effect[] {
  const comparison = { ...whole, changes: new Map([...whole.changes].filter(([, change]) => !tagged(change))) };
  const told = withCompanions(comparison, merged([...concerns.flatMap((concern) => concern(comparison)), ...readdressed(comparison)]));
  const known = new Set(told.flatMap(({ ids }) => ids));
  const all = [...told, ...others(comparison, known), ...renamed(comparison), ...tags(whole), ...collisions(comparison)];
  return [...all].sort((a, b) => rank(a) - rank(b) || order(a.object, b.object) || areas.indexOf(a.area) - areas.indexOf(b.area));
}

export const verbs: readonly Verb[] = ['FAIL', 'DESTROY', 'REPLACE', 'INTERRUPT', 'MOVE', 'ROLL', 'SCALE', 'UPDATE', 'CREATE', 'RETAIN'];
const areas: readonly Area[] = ['machines', 'data', 'network', 'rights', 'other'];

const rank = ({ verb }: Effect): number => verbs.indexOf(verb);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
