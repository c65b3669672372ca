// What is refused until a flag names it.

import type { StackReview } from '../../src/ports/review.ts';
import { guardProblems } from '../../src/review/guards.ts';

const effect = (guard: string | undefined, id: string) => ({
  guard,
  ids: [id],
  object: 'Deployment/default/web',
  text: 'is changed',
});
const review = (...effects: object[]) => ({ effects }) as unknown as StackReview;

test.each([
  ['data', 'allow-replace'],
  ['address', 'allow-replace'],
  ['rights', 'allow-rights'],
  ['network', 'allow-network'],
] as const)('%s wants --%s, for this very resource', (guard, flag) => {
  const one = review(effect(guard, 'A'));
  expect(guardProblems(one, {})).toEqual([
    { message: expect.stringMatching(new RegExp(`^Deployment/default/web: is changed: .*--${flag} A$`)) },
  ]);
  expect(guardProblems(one, { [flag]: ['B'] })).toHaveLength(1);
  expect(guardProblems(one, { [flag]: ['B', 'A'] })).toEqual([]);
});

test('what would fail has no flag, and what harms nobody needs none', () => {
  expect(guardProblems(review(effect('fails', 'A')), { 'allow-replace': ['A'] })).toEqual([
    { message: expect.stringContaining('CloudFormation would refuse it') },
  ]);
  expect(guardProblems(review(effect(undefined, 'A')), {})).toEqual([]);
});
