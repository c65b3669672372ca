// What a change set would do, in words: one line a resource, below the object that it comes from.
import type { ChangeSetReview } from '@i2kit/runner';
import { printable } from '@i2kit/runner';
import { byCodeUnits, count } from '../text.ts';
import type { Origins } from './origins.ts';

type Change = ChangeSetReview['changes'][number];

export type Verb = 'CREATE' | 'UPDATE' | 'ROLL' | 'REPLACE' | 'DESTROY' | 'RETAIN';

const verbs: readonly Verb[] = ['CREATE', 'UPDATE', 'ROLL', 'REPLACE', 'DESTROY', 'RETAIN'];

const group = 'AWS::AutoScaling::AutoScalingGroup';
const launch = 'AWS::EC2::LaunchTemplate';

/** What becomes of the resource. A group rolls when the launch template of the same object changes with it. */
export function verbOf(change: Change, all: readonly Change[], origins: Origins): Verb {
  if (change.Action === 'Add' || change.Action === 'Import') return 'CREATE';
  if (change.Action === 'Remove') return change.PolicyAction?.startsWith('Retain') ? 'RETAIN' : 'DESTROY';
  if (change.Replacement === 'True') return 'REPLACE';
  const origin = origins[change.LogicalResourceId ?? ''];
  const rolls = (other: Change) =>
    other.ResourceType === launch && other.Action === 'Modify' && origins[other.LogicalResourceId ?? ''] === origin;
  return change.ResourceType === group && origin !== undefined && all.some(rolls) ? 'ROLL' : 'UPDATE';
}

const paint: Readonly<Record<Verb, number>> = { CREATE: 32, UPDATE: 33, ROLL: 33, REPLACE: 31, DESTROY: 31, RETAIN: 36 };

/** Ends with a line that counts. */
export function changesText(review: ChangeSetReview, origins: Origins, color: boolean): string {
  const rows = review.changes.map((change) => {
    const id = change.LogicalResourceId ?? '';
    const verb = verbOf(change, review.changes, origins);
    const maybe = change.Replacement === 'Conditional' ? '  may be replaced' : '';
    const type = (change.ResourceType ?? '').replace(/^AWS::/, '');
    return { verb, id, type, origin: origins[id] ?? '', maybe };
  });
  const width = Math.max(0, ...rows.map(({ id }) => id.length));
  const sorted = rows.sort((a, b) => byCodeUnits(a.origin, b.origin) || byCodeUnits(a.id, b.id));
  const lines = sorted.flatMap(({ verb, id, type, origin, maybe }, at) => {
    const word = verb.padEnd(7);
    const line = `    ${color ? `\u001b[${paint[verb]}m${word}\u001b[39m` : word}  ${printable(`${id.padEnd(width)}  ${type}${maybe}`)}`;
    return origin === sorted[at - 1]?.origin ? [line] : [`  ${printable(origin || 'from no object')}`, line];
  });
  const counts = verbs.flatMap((verb) => {
    const n = rows.filter((row) => row.verb === verb).length;
    return n === 0 && verb !== 'REPLACE' && verb !== 'DESTROY' ? [] : [`${verb} ${n}`];
  });
  return [
    `${review.stackName} in ${review.region}, account ${review.account}: ${count(rows.length, 'change')}`,
    ...lines,
    `  ${counts.join(' · ')}`,
    ...review.endangered.map((each) => printable(`  ${each.logicalId} (${each.type}) ${each.how}: its ${each.worth} would go.`)),
    '',
  ].join('\n');
}
