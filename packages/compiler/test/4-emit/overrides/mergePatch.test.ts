// JSON Merge Patch against the test cases of RFC 7386, Appendix A.
import type { Json } from '@i2kit/common';
import { mergePatch } from '../../../src/4-emit/aws/overrides/mergePatch.ts';

const cases: readonly (readonly [original: string, patch: string, result: string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

it.each(cases)('%s with %s', (original, patch, result) => {
  const target = JSON.parse(original) as Json;
  expect(JSON.stringify(mergePatch(target, JSON.parse(patch) as Json))).toBe(result);
  expect(JSON.stringify(target)).toBe(original);
});

test('a key that objects inherit is a key like any other', () => {
  expect(JSON.stringify(mergePatch({}, JSON.parse('{"__proto__":{"a":1}}') as Json))).toBe('{"__proto__":{"a":1}}');
});
