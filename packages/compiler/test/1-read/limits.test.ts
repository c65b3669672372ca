// Hostile texts: refused with a code, soon. (The small ones are in test/bad-input.)
import { read } from '../../src/1-read/index.ts';
import { MAX_DEPTH, MAX_DOCUMENT_LENGTH } from '../../src/1-read/limits.ts';
import { YamlProblem } from '../../src/1-read/yaml/errors.ts';
import { readDocument, readExact } from '../../src/1-read/yaml/readDocument.ts';
import { collector } from '../../src/collector.ts';
import { render } from '../../src/render.ts';

function codeOf(reader: (text: string) => unknown, text: string): string | undefined {
  try {
    reader(text);
    return undefined;
  } catch (problem) {
    if (problem instanceof YamlProblem) return problem.code;
    throw problem;
  }
}

describe.each([
  ['the reader', readDocument],
  ['the exact reader', readExact],
])('%s refuses what is nested too deep', (_, reader) => {
  const levels = [
    ['lists in brackets', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['mappings in braces', (depth: number) => '{a: '.repeat(depth) + '}'.repeat(depth)],
    ['lists in one line', (depth: number) => `${'- '.repeat(depth)}a`],
    ['brackets with an anchor before them', (depth: number) => `&a ${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['JSON', (depth: number) => `${'[[{"a":'.repeat(depth / 3)}1${'}]]'.repeat(depth / 3)}`],
  ] as const;

  it.each(levels)('%s', (_name, nest) => {
    expect(codeOf(reader, nest(MAX_DEPTH - 20))).toBeUndefined();
    expect(codeOf(reader, nest(10_000))).toBe('I2K123');
    expect(codeOf(reader, nest(300_000))).toMatch(/I2K12[35]/);
  });
});

it('refuses depth that only aliases make', () => {
  const level = (name: string, inner: string) => `${name}: &${name} ${'['.repeat(90)}${inner}${']'.repeat(90)}\n`;
  expect(codeOf(readDocument, level('a', 'x') + level('b', '*a'))).toBeUndefined();
  expect(codeOf(readDocument, level('a', 'x') + level('b', '*a') + level('c', '*b'))).toBe('I2K123');
});

it('refuses what merge keys make of little', () => {
  const many = (name: string) => Array.from({ length: 1000 }, () => `*${name}`).join(',');
  expect(codeOf(readDocument, `a: &a {}\nb: &b {<<: [${many('a')}]}\nc: {<<: [${many('b')}]}\n`)).toBe('I2K124');
});

it('refuses a document that is too large', () => {
  expect(codeOf(readDocument, `a: ${'x'.repeat(MAX_DOCUMENT_LENGTH)}\n`)).toBe('I2K121');
});

const repeat = (text: string) => text.repeat(200_000 / text.length);
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';
const lines = (line: (index: number) => string) => Array.from({ length: 40_000 }, (_, index) => line(index)).join('');

const UNITS = [
  '[',
  '{',
  '[a,',
  'a,',
  '- ',
  '-\n',
  '? ',
  'a: ',
  ' ',
  '#',
  '\t',
  ':',
  '"',
  "'",
  '!a ',
  '&a ',
  '*a ',
  '%a\n',
  '\\',
  '---\n',
  '...\n',
  '1 ',
  '1{',
];

const hostile: readonly (readonly [string, string])[] = [
  ...UNITS.flatMap((text) => [
    repeat(text),
    `k: ${repeat(text)}`,
    `"${repeat(text)}"`,
    `[${repeat(text)}]`,
    `&x\n${repeat(text)}\n`,
  ]).map((text) => [JSON.stringify(text.slice(0, 12)), text] as const),
  ['many wrong values', `${config}data:\n${lines((index) => `  k${index}: 1\n`)}`],
  ['many unknown fields', config + lines((index) => `k${index}: 1\n`)],
  ['long JSON with a key twice', `{"a":[${'{"b":"c"},'.repeat(50_000)}{"a":1,"a":2}]}`],
  ['long strings in JSON', `{"a":"${'\\n'.repeat(400_000)}"}`],
  ['a long number', `a: ${'1'.repeat(500_000)}\n`],
];

// Quadratic time would be a minute of the processor, linear time is less than a second; the bound tells them apart on any machine.
test.each(hostile)('reads and tells in linear time: %s', (_, text) => {
  const sources = [{ name: 'x.yaml', text }];
  const { report, diagnostics } = collector();
  const started = process.cpuUsage();
  read(sources, {}, report);
  render(diagnostics(), sources, { color: true });
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6).toBeLessThan(30);
});
