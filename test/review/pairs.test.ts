// Each pair has exactly the expected effects.
import { effectLines, pairs, reviewOf } from './pair.ts';

test('there are enough of them', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(40);
});

test.each(pairs)('%s', (_, pair) => {
  expect(effectLines(reviewOf(pair))).toEqual(pair.effects);
});

test('nothing is told where nothing changes', () => {
  expect(effectLines(reviewOf({ what: 'nothing', effects: [] }))).toEqual([]);
});
