// Effects of locked digests: other container images from which the same machine images would be built.
import { listText } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import type { Effect } from './effect.ts';

/** Digests of references that both sides have; new and removed references show in the workloads that use them. */
export function digestEffects({ digests: { before = {}, after = {} } }: Comparison): readonly Effect[] {
  const changed = Object.keys(after)
    .filter((name) => Object.hasOwn(before, name) && before[name] !== after[name])
    .sort();
  if (changed.length === 0) return [];
  const names =
    changed.length <= 3 ? listText(changed) : `${changed.slice(0, 2).join(', ')} and ${changed.length - 2} more`;
  return [
    {
      verb: 'UPDATE',
      area: 'machines',
      object: '',
      text: `machine images are built from other digests of ${names}`,
      ids: [],
      changes: changed.map((name) => ({
        id: '',
        path: ['(lock)', `[${name}]`],
        before: before[name] ?? '',
        after: after[name] ?? '',
        replacement: 'never',
      })),
    },
  ];
}
