// Effects of a template's other sections, and of any difference that nothing else reports: no change goes without an effect.
import { isSameJson, type Json, listText } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import { valueChanges } from '../diff/valueChanges.ts';
import type { Template } from '../template.ts';
import type { Effect } from './effect.ts';

/** Sections that decide what CloudFormation makes of the resources. The others show in the resources that use them. */
const decidingSections: readonly string[] = ['Transform', 'Conditions', 'Rules', 'Hooks'];

/** `reported`: true if there are other effects; only sections that decide are then reported. */
export function templateEffects({ written, fresh }: Comparison, reported: boolean): readonly Effect[] {
  const [before, after] = [sectionsOf(written.before), sectionsOf(written.after)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isSameJson(before[name], after[name]) && (!reported || decidingSections.includes(name)),
  );
  const changed = fresh && reported ? names.filter((name) => name === 'Transform') : names;
  // A transform may add any resource, which no review of this template shows.
  const transforms = changed.includes('Transform') && after['Transform'] !== undefined;
  if (changed.length === 0) return [];
  return [
    {
      verb: 'UPDATE',
      area: 'other',
      object: '',
      text: `template: ${listText(changed)}`,
      ids: changed,
      ...(transforms && { guard: 'rights' as const }),
      changes: changed.flatMap((name) =>
        valueChanges(before[name], after[name], [`(${name})`]).map((change) => ({
          ...change,
          id: name,
          replacement: 'never' as const,
        })),
      ),
    },
  ];
}

const sectionsOf = (template: Template): Readonly<Record<string, Json | undefined>> =>
  template as unknown as Readonly<Record<string, Json | undefined>>;
