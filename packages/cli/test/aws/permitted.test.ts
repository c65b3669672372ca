// What is refused until a flag names it.
import { unpermitted } from '../../src/aws/permitted.ts';
import type { StackReview } from '../../src/review-ports.ts';

const effect = (guard: string | undefined, id: string) => ({ guard, ids: [id], object: 'Deployment/default/web', text: 'is changed' });
const review = (...effects: object[]) => ({ effects }) as unknown as StackReview;

test.each([
  ['data', 'allow-replace'],
  ['address', 'allow-replace'],
  ['rights', 'allow-rights'],
  ['network', 'allow-network'],
] as const)('%s wants --%s, for this very resource', (guard, flag) => {
  const one = review(effect(guard, 'A'));
  expect(unpermitted(one, {})).toEqual([expect.stringMatching(new RegExp(`^Deployment/default/web: is changed: .*--${flag} A$`))]);
  expect(unpermitted(one, { [flag]: ['B'] })).toHaveLength(1);
  expect(unpermitted(one, { [flag]: ['B', 'A'] })).toEqual([]);
});

test('what would fail has no flag, and what harms nobody needs none', () => {
  expect(unpermitted(review(effect('fails', 'A')), { 'allow-replace': ['A'] })).toEqual([
    expect.stringContaining('CloudFormation would refuse it'),
  ]);
  expect(unpermitted(review(effect(undefined, 'A')), {})).toEqual([]);
});
