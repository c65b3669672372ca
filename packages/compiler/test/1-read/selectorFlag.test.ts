// `-l` as kubectl has it.
import { parseSelector } from '../../src/1-read/selectorFlag.ts';

const labels = { app: 'web', tier: 'front', 'example.com/team': 'a', empty: '' };

test.each([
  ['app=web', true],
  ['app==web', true],
  ['app = web', true],
  ['app=api', false],
  ['app!=api', true],
  ['app!=web', false],
  ['missing!=x', true],
  ['app in (web,api)', true],
  ['app in ( api , web )', true],
  ['app in (api)', false],
  ['app notin (api)', true],
  ['missing notin (x)', true],
  ['missing in (x)', false],
  ['tier', true],
  ['!tier', false],
  ['!missing', true],
  ['missing', false],
  ['empty=', true],
  ['empty in ()', true],
  ['example.com/team=a', true],
  ['app=web,tier in (front,back),!legacy', true],
  ['app=web,tier=back', false],
  ['toString', false],
  ['constructor', false],
  ['', true],
])('%s matches: %s', (text, matches) => {
  expect(parseSelector(text)?.(labels)).toBe(matches);
});

test.each([
  'app=',
  '__proto__',
  ',',
  'app=web,',
  'a b',
  'app in web',
  'app in (web',
  'app=(web)',
  '=web',
  'a/b/c=d',
  'app=we b',
  '-a',
  'app=a=b',
  'in (a)',
])('%s is none', (text) => {
  // An empty value is one, an empty requirement is not.
  if (text === 'app=') expect(parseSelector(text)).toBeDefined();
  else expect(parseSelector(text)).toBeUndefined();
});
