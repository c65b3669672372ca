// JSON Patch against the examples of RFC 6902, Appendix A.
import { failure, type Json, success } from '@i2kit/common';
import { jsonPatch } from '../../../src/4-emit/aws/overrides/jsonPatch.ts';
import type { PatchOperation } from '../../../src/options.ts';

type Example = readonly [name: string, document: Json, operations: readonly PatchOperation[], result: Json];

const examples: readonly Example[] = [
  ['A.1 adding a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
  [
    'A.2 adding an element',
    { foo: ['bar', 'baz'] },
    [{ op: 'add', path: '/foo/1', value: 'qux' }],
    { foo: ['bar', 'qux', 'baz'] },
  ],
  ['A.3 removing a member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
  [
    'A.4 removing an element',
    { foo: ['bar', 'qux', 'baz'] },
    [{ op: 'remove', path: '/foo/1' }],
    { foo: ['bar', 'baz'] },
  ],
  [
    'A.5 replacing',
    { baz: 'qux', foo: 'bar' },
    [{ op: 'replace', path: '/baz', value: 'boo' }],
    { baz: 'boo', foo: 'bar' },
  ],
  [
    'A.6 moving a value',
    { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
    [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
    { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
  ],
  [
    'A.7 moving an element',
    { foo: ['all', 'grass', 'cows', 'eat'] },
    [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
    { foo: ['all', 'cows', 'eat', 'grass'] },
  ],
  [
    'A.8 testing: success',
    { baz: 'qux', foo: ['a', 2, 'c'] },
    [
      { op: 'test', path: '/baz', value: 'qux' },
      { op: 'test', path: '/foo/1', value: 2 },
    ],
    { baz: 'qux', foo: ['a', 2, 'c'] },
  ],
  [
    'A.10 adding a nested member',
    { foo: 'bar' },
    [{ op: 'add', path: '/child', value: { grandchild: {} } }],
    { foo: 'bar', child: { grandchild: {} } },
  ],
  ['A.14 escapes', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
  [
    'A.16 adding an array',
    { foo: ['bar'] },
    [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
    { foo: ['bar', ['abc', 'def']] },
  ],
  ['the whole', { foo: 1 }, [{ op: 'replace', path: '', value: { bar: 2 } }], { bar: 2 }],
  ['a copy', { a: { b: [1] } }, [{ op: 'copy', from: '/a/b', path: '/c' }], { a: { b: [1] }, c: [1] }],
  [
    'equal but for the order of keys',
    { a: { x: 1, y: [2] } },
    [{ op: 'test', path: '/a', value: { y: [2], x: 1 } }],
    { a: { x: 1, y: [2] } },
  ],
  [
    'a key that objects inherit',
    {},
    [{ op: 'add', path: '/__proto__', value: 1 }],
    JSON.parse('{"__proto__": 1}') as Json,
  ],
];

const refused: readonly (readonly [
  name: string,
  document: Json,
  operations: readonly PatchOperation[],
  message: string,
])[] = [
  ['A.9 testing: error', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], '/baz is not "bar"'],
  [
    'A.12 adding to what is not there',
    { foo: 'bar' },
    [{ op: 'add', path: '/baz/bat', value: 'qux' }],
    '/baz/bat does not exist',
  ],
  ['A.15 comparing strings and numbers', { '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }], '/~01 is not "10"'],
  ['an index behind the end', { a: [1] }, [{ op: 'add', path: '/a/2', value: 0 }], '/a/2 does not exist'],
  ['an index with a zero before it', { a: [1, 2] }, [{ op: 'remove', path: '/a/01' }], '/a/01 does not exist'],
  ['removing what is not there', { a: 1 }, [{ op: 'remove', path: '/b' }], '/b does not exist'],
  ['what objects inherit', {}, [{ op: 'remove', path: '/constructor' }], '/constructor does not exist'],
  ['a move into itself', { a: { b: 1 } }, [{ op: 'move', from: '/a', path: '/a/b' }], '/a cannot be moved into itself'],
  ['no pointer', { a: 1 }, [{ op: 'remove', path: 'a' }], 'a is not a JSON Pointer: it must start with /'],
  ['no value', { a: 1 }, [{ op: 'add', path: '/b' }], 'add needs a value'],
  ['no source', { a: 1 }, [{ op: 'copy', path: '/b' }], 'copy needs from'],
];

it.each(examples)('%s', (_, document, operations, value) => {
  const before = JSON.stringify(document);
  expect(jsonPatch(document, operations)).toEqual(success(value));
  expect(JSON.stringify(document)).toBe(before);
});

it.each(refused)('%s is refused', (_, document, operations, message) => {
  expect(jsonPatch(document, operations)).toEqual(failure({ operation: 0, message }));
});

test('an operation that fails names its place in the list, and none is applied', () => {
  const document = { a: 1 };
  const operations: readonly PatchOperation[] = [
    { op: 'add', path: '/b', value: 2 },
    { op: 'remove', path: '/c' },
  ];
  expect(jsonPatch(document, operations)).toMatchObject({ ok: false, problems: [{ operation: 1 }] });
  expect(document).toEqual({ a: 1 });
});

test('copies of copies end before they fill the memory', () => {
  const copies = Array.from(
    { length: 40 },
    (_, index): PatchOperation => ({ op: 'copy', from: '/a', path: `/a/${index}` }),
  );
  expect(jsonPatch({ a: {} }, copies.slice(0, 10))).toMatchObject({ ok: true });
  expect(jsonPatch({ a: {} }, copies)).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining('1000000 characters') }],
  });
  const large = { a: 'x'.repeat(300_000) };
  const three = ['/b', '/c', '/d'].map((path): PatchOperation => ({ op: 'copy', from: '/a', path }));
  expect(jsonPatch(large, three)).toMatchObject({ ok: false, problems: [{ operation: 2 }] });
});
