// What no other concern has words for: each object's resources counted by what becomes of them.
import { type Comparison, subject } from '../comparison.ts';
import type { ResourceChange } from '../differ/resources.ts';
import { nounsOf } from '../words.ts';
import { type Area, type Effect, propertiesOf, refusal, type Verb } from './effect.ts';
import { inWords } from './inWords.ts';

export function others({ changes }: Comparison, told: ReadonlySet<string>): readonly Effect[] {
  const groups = new Map<string, ResourceChange[]>();
  for (const change of changes.values()) {
    if (told.has(change.id)) continue;
    const key = [areaOf(change.type), subject(change), verbOf(change)].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map(effectOf);
}

function effectOf(changes: readonly ResourceChange[]): Effect {
  const [first] = changes as readonly [ResourceChange];
  const verb = verbOf(first);
  const nouns = nounsOf(changes.map(({ type }) => type));
  const properties = changes.flatMap(propertiesOf);
  const detail = verb === 'UPDATE' || verb === 'REPLACE' ? `: ${inWords({ changes: properties })}` : '';
  return {
    verb,
    area: areaOf(first.type),
    object: subject(first),
    text: verb === 'FAIL' ? `${nouns}: ${refusal}` : `${nouns}${detail}`,
    ids: changes.map(({ id }) => id),
    changes: properties,
    ...(verb === 'FAIL' && { guard: 'fails' as const }),
  };
}

function verbOf({ action, before, replacement }: ResourceChange): Verb {
  if (action === 'add') return 'CREATE';
  if (action === 'remove') return before?.DeletionPolicy?.startsWith('Retain') ? 'RETAIN' : 'DESTROY';
  if (replacement === 'refused') return 'FAIL';
  return replacement === 'never' ? 'UPDATE' : 'REPLACE';
}

const areas: readonly (readonly [prefix: string, area: Area])[] = [
  ['AWS::AutoScaling::', 'machines'],
  ['AWS::CloudWatch::', 'machines'],
  ['AWS::EC2::LaunchTemplate', 'machines'],
  ['AWS::IAM::', 'rights'],
  ['AWS::EC2::', 'network'],
  ['AWS::ElasticLoadBalancingV2::', 'network'],
  ['AWS::Route53::', 'network'],
];

const areaOf = (type: string): Area => areas.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'other';
