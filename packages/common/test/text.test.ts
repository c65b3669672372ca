// Invisible characters, made visible in the one way that all output shares.
import { escapeInvisible, replaceInvisible, withoutTrailing } from '../src/index.ts';

test.each([
  ['controls and line ends', 'a\u001b[2J\n\u0085\u2028', 'a\\u001b[2J\\u000a\\u0085\\u2028'],
  ['direction', '\u202eb\u2066\u061c', '\\u202eb\\u2066\\u061c'],
  ['no width', 'a\u200b\u2060\u00ad\ufeff\u034fb', 'a\\u200b\\u2060\\u00ad\\ufeff\\u034fb'],
  ['fillers', '\u3164\u115f\uffa0\u180e', '\\u3164\\u115f\\uffa0\\u180e'],
  ['tags and variation selectors', '\u{e0041}\u{e0100}', '\\u{e0041}\\u{e0100}'],
  ['half of a pair', '\ud83d', '\\ud83d'],
])('shows %s', (_, text, expected) => {
  expect(escapeInvisible(text)).toBe(expected);
});

test('leaves letters, signs and emoji of all scripts', () => {
  const text = 'ç é ñ 日本語 العربية हिन्दी 👩‍🚀'.replace('\u200d', '');
  expect(escapeInvisible(text)).toBe(text);
  expect(replaceInvisible('a\u0000b', () => '?')).toBe('a?b');
});

test('a character is taken from the end alone, however often it stands there', () => {
  expect(['a//', '//a', '///', ''].map((text) => withoutTrailing(text, '/'))).toEqual(['a', '//a', '', '']);
});
