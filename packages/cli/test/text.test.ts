// Nearest names, and words made harmless.
import { distance, nearest } from '../src/nearest.ts';
import { count, escapeControls, listed } from '../src/text.ts';

test('counts edits, a swap as one', () => {
  expect([
    distance('', 'abc'),
    distance('abc', 'abc'),
    distance('kitten', 'sitting'),
    distance('synth', 'snyth'),
  ]).toEqual([3, 0, 3, 1]);
});

test('guesses only what helps', () => {
  expect(nearest('regoin', ['region', 'image'])).toBe('region');
  expect(nearest('x', ['region', 'image'])).toBeUndefined();
  expect(nearest('Region', ['region'])).toBe('region');
  expect(nearest('r'.repeat(1e6), ['region'])).toBeUndefined();
});

test('says lists and numbers', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a, b or c']);
  expect([count(1, 'machine'), count(0, 'machine')]).toEqual(['1 machine', '0 machines']);
});

test('shows what would move the cursor or turn the text round', () => {
  expect(escapeControls('a\u001b[2J\u202eb\nç')).toBe('a\\u001b[2J\\u202eb\\u000aç');
});
