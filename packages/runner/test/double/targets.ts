// Chooses the calls of an undisturbed play that a fault is injected into.

import type { FaultRow } from './faultHook.ts';
import type { Play } from './play.ts';

export interface Target {
  readonly at: number;
  readonly api: string;
}

export function targetsOf(base: Play, row: FaultRow, which: 'every' | 'telling' | 'first'): readonly Target[] {
  const calls = base.calls.filter((call) => call.run === 'first');
  return calls.flatMap(({ api }, at) => {
    if (row.only && !row.only.includes(api)) return [];
    const same = calls.flatMap((call, index) => (call.api === api ? [index] : []));
    const rank = same.indexOf(at);
    const telling = rank === 0 || (which === 'telling' && (rank === 1 || rank === same.length - 1));
    return which === 'every' || telling ? [{ at, api }] : [];
  });
}
