// Fallback: per object, counts the remaining changed resources by action; tag-only changes are one line.

import { type Comparison, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { typeCounts } from '../phrases.ts';
import { isRetained } from './data.ts';
import { type Area, describeChanges, type Effect, propertyChangesOf, refusalText, type Verb } from './effect.ts';

/** Effects of all changes that no analyzer has covered. */
export function fallbackEffects({ changes }: Comparison, reported: ReadonlySet<string>): readonly Effect[] {
  const groups = new Map<string, ResourceChange[]>();
  for (const change of changes.values()) {
    if (reported.has(change.id)) continue;
    const key = [areaOf(change.type), objectOfChange(change), verbOf(change)].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map(fallbackEffect);
}

function fallbackEffect(changes: readonly ResourceChange[]): Effect {
  const [first] = changes as readonly [ResourceChange];
  const verb = verbOf(first);
  const nouns = typeCounts(changes.map(({ type }) => type));
  const properties = changes.flatMap(propertyChangesOf);
  const detail = verb === 'UPDATE' || verb === 'REPLACE' ? `: ${describeChanges({ changes: properties })}` : '';
  return {
    verb,
    area: areaOf(first.type),
    object: objectOfChange(first),
    text: verb === 'FAIL' ? `${nouns}: ${refusalText}` : `${nouns}${detail}`,
    ids: changes.map(({ id }) => id),
    changes: properties,
    ...(verb === 'FAIL' && { guard: 'fails' as const }),
  };
}

function verbOf({ action, before, replacement }: ResourceChange): Verb {
  if (action === 'add') return 'CREATE';
  if (action === 'remove') return isRetained(before?.DeletionPolicy) ? 'RETAIN' : 'DESTROY';
  if (replacement === 'refused') return 'FAIL';
  return replacement === 'never' ? 'UPDATE' : 'REPLACE';
}

const areaPrefixes: readonly (readonly [prefix: string, area: Area])[] = [
  ['AWS::AutoScaling::', 'machines'],
  ['AWS::CloudWatch::', 'machines'],
  ['AWS::EC2::LaunchTemplate', 'machines'],
  ['AWS::IAM::', 'rights'],
  ['AWS::EC2::', 'network'],
  ['AWS::ElasticLoadBalancingV2::', 'network'],
  ['AWS::Route53::', 'network'],
];

const areaOf = (type: string): Area => areaPrefixes.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'other';

export const changesTagsOnly = ({ action, changes }: ResourceChange): boolean =>
  action === 'modify' && changes.every(({ path: [first] }) => first === 'Tags');

/** All resources whose only change is in their tags, as one effect. */
export function tagEffects({ changes }: Comparison): readonly Effect[] {
  const found = [...changes.values()].filter(changesTagsOnly);
  if (found.length === 0) return [];
  const properties = found.flatMap(propertyChangesOf);
  const text = `tags of ${typeCounts(found.map(({ type }) => type))}`;
  return [{ verb: 'UPDATE', area: 'other', object: '', text, ids: found.map(({ id }) => id), changes: properties }];
}
