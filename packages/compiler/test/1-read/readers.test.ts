// The fast readers against the exact one, on documents that fast-check writes: same values, same refusals.
import fc from 'fast-check';
import { YamlProblem } from '../../src/1-read/yaml/errors.ts';
import { isPlainYaml, readJson } from '../../src/1-read/yaml/fast.ts';
import { readDocument, readExact } from '../../src/1-read/yaml/readDocument.ts';
import { forbiddenCharacter } from '../../src/1-read/yaml/split.ts';

type Read = (text: string) => unknown;

function outcome(read: Read, text: string): unknown {
  try {
    return { value: read(text) };
  } catch (problem) {
    if (problem instanceof YamlProblem) return 'refused';
    throw problem;
  }
}

const word = fc.constantFrom(
  ...[
    'web',
    'a b',
    'yes',
    'No',
    '017',
    '0x1F',
    '1_000',
    '1.5',
    '-1',
    '1e400',
    '~',
    'null',
    '12:30:45',
    '9007199254740993',
    'a: b',
    'a #b',
    '#a',
  ],
  ...[
    'http://x/y',
    '*/5 * * * *',
    '&a',
    '*a',
    '!t',
    '%x',
    '@x',
    '- a',
    '? a',
    '{a}',
    '[a]',
    "it's",
    '"q"',
    '\\n',
    '<<',
    '---',
    '...',
    '',
    ' a ',
    'é😀',
  ],
);
const key = fc.constantFrom(
  'a',
  'b',
  'c',
  'app.kubernetes.io/name',
  'yes',
  '17',
  '1.50',
  'null',
  '"q"',
  "'s'",
  '__proto__',
  'constructor',
  'é',
);

const quoted = fc.oneof(
  word.map((text) => JSON.stringify(text)),
  word.map((text) => `'${text.replaceAll("'", "''")}'`),
);

const block = (indent: number) =>
  fc
    .tuple(fc.constantFrom('|', '>', '|-', '>-', '|+', '>+'), fc.array(word, { maxLength: 4 }), fc.constantFrom(2, 4))
    .map(([header, lines, by]) =>
      [header, ...lines.map((line) => (line.trim() === '' ? '' : ' '.repeat(indent + by) + line.trim()))].join('\n'),
    );

const flow: fc.Arbitrary<string> = fc.letrec<{ value: string; list: string; map: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, word, quoted, tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  map: fc
    .array(fc.tuple(key, tie('value')), { maxLength: 3 })
    .map((entries) => `{${entries.map((entry) => entry.join(': ')).join(', ')}}`),
})).value;

function value(indent: number, depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(word, quoted, flow, block(indent)).map((text) => ` ${text}`);
  if (depth === 0) return leaf;
  const property = fc.constantFrom(' &a x', ' *a', ' !!str 1', ' !!int "1"', ' ! 1', ' !x 1', '');
  return fc.oneof(leaf, property, mapping(indent + 2, depth - 1), list(indent + 2, depth - 1), list(indent, depth - 1));
}

function mapping(indent: number, depth: number): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(key, value(indent, depth)), { minLength: 1, maxLength: 3 })
    .map((entries) => entries.map(([name, text]) => `\n${' '.repeat(indent)}${name}:${text}`).join(''));
}

function list(indent: number, depth: number): fc.Arbitrary<string> {
  return fc
    .array(value(indent, depth), { minLength: 1, maxLength: 3 })
    .map((items) => items.map((text) => `\n${' '.repeat(indent)}-${text}`).join(''));
}

const yaml = fc
  .tuple(fc.oneof(mapping(0, 3), list(0, 3), flow), fc.constantFrom('\n', '', '\n# end\n'))
  .map(([text, end]) => text.replace(/^\n/, '') + end);

/** A character more, fewer or changed, anywhere: most of these documents are none. */
const broken = fc
  .tuple(
    yaml,
    fc.nat(),
    fc.constantFrom('', ' ', '\n', ':', '-', '#', ',', '[', ']', '{', '}', '"', "'", '|', '&', '*', '!', '\t', 'a'),
    fc.nat(1),
  )
  .map(([text, at, character, removed]) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + character + text.slice(index + removed);
  });

const RUNS = { numRuns: 2000 };

describe('the readers', () => {
  it('agree on documents', () => {
    fc.assert(
      fc.property(yaml, (text) => expect(outcome(readDocument, text)).toEqual(outcome(readExact, text))),
      RUNS,
    );
  });

  it('agree on documents with a mistake', () => {
    fc.assert(
      fc.property(broken, (text) => {
        fc.pre(forbiddenCharacter(text) === undefined);
        expect(outcome(readDocument, text)).toEqual(outcome(readExact, text));
      }),
      RUNS,
    );
  });

  it('agree on JSON', () => {
    const json = fc
      .tuple(fc.json(), fc.constantFrom(0, 1, 2))
      .map(([text, space]) => JSON.stringify([JSON.parse(text)], null, space));
    fc.assert(
      fc.property(json, (text) => {
        const fast = readJson(text);
        if (fast) expect(fast.value).toEqual(readExact(text));
      }),
      RUNS,
    );
  });
});

test.each([
  // Found by longer searches; js-yaml alone reads each of them otherwise, or reads what is none.
  '---#\n',
  '---a: 1\n',
  '|-1\n# end\n',
  '- -\n\n- 1e3\n',
  '- a:\n    - b\n    -\n- c\n',
  '{{ a }}\n',
  'a: {~}\n',
  'a: {b: 1, [c]}\n',
  '[a, b]: c\n',
  '1.50: a\n1e21: b\n',
  'null: a\n',
  "'a'#b\n",
  'a: "b\nc"\n',
  'a: [\nb\n]\n',
  'a: |\n  b',
  'a:\tb\n',
])('the readers agree on %j', (text) => {
  expect(outcome(readDocument, text)).toEqual(outcome(readExact, text));
});

describe('the fast reader', () => {
  it.each([
    'a:\n  - b: 1\n    c: {d: e, f: [g, "h"]}\n  - "i": \'j\'\n',
    'args: ["--port=8080", --verbose]\ncommand: [sh, -c, "exec app"]\n',
    'image: registry.example.com:5000/team/web:1.0@sha256:0123\nurl: http://web:80/?a=b&c=d\n',
    'resources: {requests: {cpu: 250m, memory: 128Mi}}\nemptyDir: {}\nlist: []\n',
    'script: |\n  set -e\n  if [ -f x ]; then echo "y"; fi\n',
    'matchLabels:\n  app.kubernetes.io/name: web # a comment\nkey : value\n',
  ])('takes what manifests hold: %j', (text) => {
    expect(isPlainYaml(text)).toBe(true);
  });
});
