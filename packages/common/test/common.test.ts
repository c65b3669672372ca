// The helpers that all packages share: outcomes, errors, JSON, order, phrases and similar names.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  canonicalJson,
  compareText,
  countText,
  editDistance,
  errorMessage,
  failure,
  I2kitError,
  isObject,
  isSameJson,
  listText,
  nearest,
  type Outcome,
  parseJson,
  problemsOf,
  sortedRecord,
  success,
  systemCode,
  tooDeepAt,
} from '../src/index.ts';

test('an outcome is a value or at least one problem', () => {
  const half = (n: number): Outcome<number, string> => (n % 2 === 0 ? success(n / 2) : failure(`${n} is odd`));
  expect(half(4)).toEqual({ ok: true, value: 2 });
  expect(half(3)).toEqual({ ok: false, problems: ['3 is odd'] });
  expect(problemsOf(half(4))).toEqual([]);
  expect(problemsOf(failure('a', 'b'))).toEqual(['a', 'b']);
});

test('an error carries its code, its hint and its cause, and is an error of its class', () => {
  class DiskError extends I2kitError<'disk-full'> {
    override readonly name = 'DiskError';
  }
  const cause = new Error('no space');
  const error = new DiskError('disk-full', 'The disk is full', { hint: 'Delete files.', cause });
  expect(error).toBeInstanceOf(I2kitError);
  expect(error).toMatchObject({ name: 'DiskError', code: 'disk-full', message: 'The disk is full', cause });
  expect(error.hint).toBe('Delete files.');
  expect(new I2kitError('x', 'y').hint).toBeUndefined();
  expect('cause' in new I2kitError('x', 'y')).toBe(false);
});

test('a system error is told from others', () => {
  let thrown: unknown;
  try {
    readFileSync('/does/not/exist');
  } catch (error) {
    thrown = error;
  }
  expect(systemCode(thrown)).toBe('ENOENT');
  expect(systemCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBeUndefined();
  expect(systemCode(undefined)).toBeUndefined();
  expect([errorMessage(new Error('x')), errorMessage('y'), errorMessage(null)]).toEqual(['x', 'y', 'null']);
});

describe('JSON', () => {
  test.each([
    [{}, true],
    [Object.create(null), true],
    [[], false],
    [null, false],
    ['{}', false],
    [undefined, false],
  ])('%j is an object: %s', (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });

  test('the canonical text is that of JSON.stringify, with sorted keys', () => {
    expect(canonicalJson({ b: [1, undefined, { d: 1, c: null }], a: undefined, 'é"': 'x' })).toBe(
      '{"b":[1,null,{"c":null,"d":1}],"é\\"":"x"}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reversed = JSON.parse(JSON.stringify(value), (_, inner) =>
          isObject(inner) ? Object.fromEntries(Object.entries(inner).reverse()) : inner,
        );
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('equality does not depend on the order of keys, but on that of elements', () => {
    expect(isSameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(isSameJson([1, 2], [2, 1])).toBe(false);
    expect(isSameJson(undefined, null)).toBe(false);
    expect(isSameJson(undefined, undefined)).toBe(true);
  });

  test('a text that is not JSON has no value', () => {
    expect(parseJson('{"a":1}')).toEqual({ a: 1 });
    expect(parseJson('{')).toBeUndefined();
  });
});

test('texts are ordered by code units, whatever the locale', () => {
  expect(['ä', 'a', 'Z', 'z', 'a'].sort(compareText)).toEqual(['Z', 'a', 'a', 'z', 'ä']);
  expect(Object.keys(sortedRecord({ b: 1, a: 2, B: 3 }))).toEqual(['B', 'a', 'b']);
});

test('numbers and lists in a sentence', () => {
  expect([countText(1, 'machine'), countText(0, 'machine'), countText(2, 'entry', 'entries')]).toEqual([
    '1 machine',
    '0 machines',
    '2 entries',
  ]);
  expect([listText([]), listText(['a']), listText(['a', 'b']), listText(['a', 'b', 'c'], 'or')]).toEqual([
    '',
    'a',
    'a and b',
    'a, b or c',
  ]);
});

describe('the nearest name', () => {
  test.each([
    ['replcas', ['replicas', 'strategy'], 'replicas'],
    ['dif', ['diff', 'drift'], 'diff'],
    ['en', ['env', 'logs'], 'env'],
    ['IMAGE', ['image'], 'image'],
    ['tempalte', ['template'], 'template'],
    ['q', ['a', 'b'], undefined],
    ['banana', ['replicas'], undefined],
    ['x'.repeat(101), ['x'.repeat(101)], undefined],
  ])('of %s among %j is %s', (name, known, expected) => {
    expect(nearest(name, known)).toBe(expected);
  });

  test('the distance counts edits and swaps, and is symmetric', () => {
    expect([editDistance('', 'abc'), editDistance('ab', 'ba'), editDistance('kitten', 'sitting')]).toEqual([3, 1, 3]);
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('JSON that is nested deeper than anything that i2kit reads', () => {
  const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

  test('is refused, at the place where it becomes too deep', () => {
    expect([parseJson(nested(200)), tooDeepAt(nested(200))]).toEqual([expect.any(Array), undefined]);
    expect([parseJson(nested(201)), tooDeepAt(nested(201))]).toEqual([undefined, 200]);
    expect(parseJson(`{"a":${nested(50_000)}}`)).toBeUndefined();
    expect(tooDeepAt(nested(201, '{"a":', '}'))).toBe(1000);
  });

  test('brackets in strings do not count, nor do those that are closed', () => {
    const flat = JSON.stringify(Array.from({ length: 300 }, () => ['[[[', '\\"', '{"']));
    expect(parseJson(flat)).toEqual(JSON.parse(flat));
  });
});
