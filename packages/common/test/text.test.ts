// Invisible characters, made visible in the one way that all output shares.
import { escapeInvisible, replaceInvisible, withoutTrailing } from '../src/index.ts';

test.each([
  ['controls and line ends', 'a\u001b[2J\n\u0085\u2028', 'a\\u001b[2J\\u000a\\u0085\\u2028'],
  ['direction', '\u202eb\u2066\u061c', '\\u202eb\\u2066\\u061c'],
  ['no width', 'a\u200b\u2060\u00ad\ufeff\u034fb', 'a\\u200b\\u2060\\u00ad\\ufeff\\u034fb'],
  ['fillers', '\u3164\u115f\uffa0\u180e', '\\u3164\\u115f\\uffa0\\u180e'],
  ['tags and variation selectors', '\u{e0041}\u{e0100}\ufe0f\u180b', '\\u{e0041}\\u{e0100}\\ufe0f\\u180b'],
  ['spaces that are none', 'a\u00a0b\u3000\u2007 c\u2800', 'a\\u00a0b\\u3000\\u2007 c\\u2800'],
  [
    'notes and joiners that are drawn as nothing',
    '\u{1d159}\u{1bca0}\u{1d173}\u200d',
    '\\u{1d159}\\u{1bca0}\\u{1d173}\\u200d',
  ],
  ['half of a pair', '\ud83d', '\\ud83d'],
])('shows %s', (_, text, expected) => {
  expect(escapeInvisible(text)).toBe(expected);
});

test.each([
  [
    'letters of another alphabet in a host name',
    'https://p\u0430yp\u0430l.example',
    'https://p\\u0430yp\\u0430l.example',
  ],
  ['a label of another alphabet', '\u0430\u0440\u0440\u04cf\u0435.com', '\\u0430\\u0440\\u0440\\u04cf\\u0435.com'],
  ['a part of an image', 'docker.io/\u0430\u0441\u043c\u0435/web:1', 'docker.io/\\u0430\\u0441\\u043c\\u0435/web:1'],
  ['wide and mathematical forms', 'ev\uff49l \u{1d41a}bc', 'ev\\uff49l \\u{1d41a}bc'],
  ['signs', 'a\u2024b c\u2215d e\u2010f', 'a\\u2024b c\\u2215d e\\u2010f'],
])('points out %s', (_, text, expected) => {
  expect(escapeInvisible(text)).toBe(expected);
});

test('leaves words of one script', () => {
  const text = 'Ελλάδα, "мир" and Größe – naïve …';
  expect(escapeInvisible(text)).toBe(text);
});

test('leaves letters, signs and emoji of all scripts', () => {
  const text = 'ç é ñ 日本語 العربية हिन्दी 👩‍🚀'.replace('\u200d', '');
  expect(escapeInvisible(text)).toBe(text);
  expect(replaceInvisible('a\u0000b', () => '?')).toBe('a?b');
});

test('a character is taken from the end alone, however often it stands there', () => {
  expect(['a//', '//a', '///', ''].map((text) => withoutTrailing(text, '/'))).toEqual(['a', '//a', '', '']);
});
