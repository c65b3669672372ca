// Objects and paths to lines and columns.
import fc from 'fast-check';
import { locator } from '../../src/1-read/diagnosticPlaces.ts';
import type { ObjectRef, Path } from '../../src/diagnostic.ts';
import { position, positionsIn } from '../../src/render.ts';

const at = (document = 0, item?: number): ObjectRef => ({
  ...{ source: 'a.yaml', document, apiVersion: '', kind: '', namespace: '', name: '' },
  ...(item !== undefined && { item }),
});

/** What is meant, as it is written. */
function meant(
  text: string,
  path: Path,
  more: { document?: number; item?: number; atKey?: boolean } = {},
): string | undefined {
  const place = locator([{ name: 'a.yaml', text }])({
    object: at(more.document, more.item),
    path,
    atKey: more.atKey ?? false,
  });
  return place?.text.slice(place.start, place.end);
}

const text = `# first
a: 1
---
spec:
  ports:
    - port: 80 # comment
      "name": 'http'
    - {port: 81, protocol: UDP}
  empty:
  text: |
    one
    two
  017: octal
base: &base
  x: 1
derived:
  <<: *base
  z: *base
`;

test.each<[Path, boolean, string]>([
  [['spec', 'ports', 0, 'port'], false, '80'],
  [['spec', 'ports', 0, 'port'], true, 'port'],
  [['spec', 'ports', 0, 'name'], false, "'http'"],
  [['spec', 'ports', 0, 'name'], true, '"name"'],
  [['spec', 'ports', 1, 'protocol'], false, 'UDP'],
  [['spec', 'ports', 1], false, '{port: 81, protocol: UDP}'],
  [['spec', 'ports', 2], false, 'ports'],
  [['spec', 'ports', 0, 'targetPort'], false, 'port: 80 # comment\n      "name": \'http\''],
  [['spec', 'selector', 'app'], false, 'spec'],
  [['spec', 'empty'], false, 'empty'],
  [['spec', 'empty', 'x'], false, 'empty'],
  [['spec', 'text'], false, '|\n    one\n    two'],
  [['spec', '15'], false, 'octal'],
  [['derived', 'x'], false, '1'],
  [['derived', 'z'], false, '*base'],
  [['derived', 'z', 'x'], true, 'x'],
])('%j', (path, atKey, source) => {
  expect(meant(text, path, { document: 1, atKey })).toBe(source);
});

describe('items of a List', () => {
  const list = 'kind: List\nitems:\n# c\n- a: 1\n  b: |\n    - x\n\n- a: 2\n-   a: 3\n    c: {d: 4}\nmetadata: {}\n';

  test.each([
    ['as it is', list],
    ['indented', list.replace(/^(- |#| {2}|$)/gm, '  $1')],
    ['with an anchor, so that all of it is read', list.replace('a: 1', 'a: &x 1')],
    ['as JSON', JSON.stringify({ items: [{ a: 1 }, { a: 2 }, { a: 3, c: { d: 4 } }] }, null, '\t')],
  ])('%s', (_, written) => {
    expect(meant(written, ['a'], { item: 0 })?.slice(-1)).toBe('1');
    expect(meant(written, ['a'], { item: 1 })).toBe('2');
    expect(meant(written, ['c', 'd'], { item: 2 })).toBe('4');
    expect(meant(written, ['c', 'x'], { item: 2, atKey: true })?.replaceAll('"', '')).toBe('c');
  });
});

test('lines and columns count from 1, whatever ends a line', () => {
  const diagnostic = { object: at(1), path: ['b', 'c'] };
  const lines = ['# é😀', 'a: 1', '---', 'b:', '  é: 1', '  c: xyz', ''];
  for (const end of ['\n', '\r\n', '\r']) {
    const sources = [{ name: 'a.yaml', text: lines.join(end) }];
    expect(position(diagnostic, sources)).toEqual({ file: 'a.yaml', line: 6, column: 6, endLine: 6, endColumn: 9 });
    const offset = lines.join(end).indexOf('xyz');
    expect(position({ object: at(1), path: [], offset }, sources)).toMatchObject({ line: 6, column: 6 });
  }
  expect(position({ object: at(), path: ['a'] }, [{ name: 'a.yaml', text: '\ufeffa: 1\n' }])).toMatchObject({
    line: 1,
    column: 4,
  });
});

test('an unknown source has no place, an unreadable document its first line', () => {
  expect(
    position({ object: { ...at(), source: 'b.yaml' }, path: [] }, [{ name: 'a.yaml', text: 'a: 1' }]),
  ).toBeUndefined();
  expect(meant('# c\n\nfoo: [\n', ['foo'])).toBe('foo: [');
});

test('every value of a document is found again', () => {
  const leaf = fc.oneof(fc.nat(), fc.stringMatching(/^[a-z]{1,5}$/));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('tree'), { minKeys: 1, maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 2), (root, space) => {
      const written = JSON.stringify(root, null, space);
      const find = positionsIn([{ name: 'a.yaml', text: written }]);
      const visit = (value: unknown, path: Path): void => {
        const found = find({ object: at(), path });
        const line = written.split('\n')[(found?.line ?? 0) - 1] ?? '';
        if (typeof value !== 'object')
          expect(line.slice((found?.column ?? 0) - 1, (found?.endColumn ?? 0) - 1)).toBe(JSON.stringify(value));
        else if (value !== null)
          for (const [key, each] of Object.entries(value))
            visit(each, [...path, Array.isArray(value) ? Number(key) : key]);
      };
      visit(root, []);
    }),
  );
});
