// Effects of a template's other sections, and of any difference that nothing else reports: no change goes without an effect.
import { isSameJson, type Json, listText } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import { valueChanges } from '../diff/valueChanges.ts';
import type { Template } from '../template.ts';
import type { Effect } from './effect.ts';

/** Sections that decide what CloudFormation makes of the resources. The others show in the resources that use them. */
const decidingSections: readonly string[] = ['Transform', 'Conditions', 'Rules', 'Hooks'];

/** `reported`: true if there are other effects; only sections that decide are then reported. */
export function templateEffects(comparison: Comparison, reported: boolean): readonly Effect[] {
  const { written, fresh } = comparison;
  const [before, after] = [sectionsOf(written.before), sectionsOf(written.after)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) =>
      !isSameJson(before[name], after[name]) &&
      (!reported || decidingSections.includes(name) || (name === 'Mappings' && looksUp(comparison))),
  );
  const changed = fresh && reported ? names.filter((name) => name === 'Transform') : names;
  // A transform may add any resource, which no review of this template shows.
  const transforms = changed.includes('Transform') && after['Transform'] !== undefined;
  // Any of these may decide which resources there are, and with which values.
  const decided =
    !fresh && changed.some((name) => name !== 'Transform' && decidingSections.includes(name)) && isDecided(written);
  if (changed.length === 0) return [];
  return [
    {
      verb: 'UPDATE',
      area: 'other',
      object: '',
      text: `template: ${listText(changed)}`,
      ids: changed,
      ...((transforms || decided) && { guard: 'rights' as const }),
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

/** True if a resource or a value depends on a condition. */
const isDecided = ({ before, after }: Comparison['written']): boolean =>
  [before, after].some(({ Resources }) =>
    Object.values(Resources).some((resource) => resource.Condition !== undefined || uses(resource, 'Fn::If')),
  );

/** True if a value is looked up in a mapping by a key that only the stack knows. */
const looksUp = ({ before, after }: Comparison): boolean =>
  [before, after].some(({ Resources }) => uses(Resources, 'Fn::FindInMap'));

const uses = (value: unknown, name: string): boolean => JSON.stringify(value).includes(JSON.stringify(name));

const sectionsOf = (template: Template): Readonly<Record<string, Json | undefined>> =>
  template as unknown as Readonly<Record<string, Json | undefined>>;
