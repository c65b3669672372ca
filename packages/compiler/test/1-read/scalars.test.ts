// Both readers against what sigs.k8s.io/yaml makes of each line of the scalars table.
import { readFileSync } from 'node:fs';
import { YamlProblem } from '../../src/1-read/yaml/errors.ts';
import { readDocument, readExact } from '../../src/1-read/yaml/readDocument.ts';
import { floatKey } from '../../src/1-read/yaml/scalars.ts';
import { splitDocuments } from '../../src/1-read/yaml/split.ts';

interface Reading {
  readonly yaml: string;
  readonly json?: unknown;
  readonly error?: string;
}

const table: readonly Reading[] = JSON.parse(readFileSync(new URL('../data/scalars.json', import.meta.url), 'utf8'));

/** Where we refuse what Kubernetes reads, on purpose: by our code. */
const STRICTER = new Map<string, RegExp>([
  // It would be rounded.
  ['I2K105', /\d{16,}|0x[fF]{16}/],
  // The tag is one that JSON cannot say, or that the value does not have.
  ['I2K104', /!custom|!!set|!!omap|!!unknown|!!str(?: \{|\n {2}-)/],
  // The bytes are no UTF-8, and would be lost.
  ['I2K111', /!!binary \/w==/],
  // kubectl takes the last one.
  ['I2K102', /[\w.]+"?:.*\n"?[\w.]+"?:|\{b: 1, b: 2\}|\? a\n\? a|<<: \*x, <</],
  // Kubernetes lets the merged value win, YAML the written one.
  ['I2K110', /\{b: 2, <<: \*x\}/],
]);

/** Where we read what Kubernetes refuses: escapes of JSON, which mean one thing only. */
const KINDER = ['a: "\\/"', 'a: "😀\\ud83d\\ude00"'];

function outcome(
  read: (text: string) => unknown,
  yaml: string,
): { readonly value: unknown } | { readonly code: string } {
  const [part] = splitDocuments(yaml);
  try {
    return { value: part ? read(yaml.slice(part.start, part.end)) : null };
  } catch (problem) {
    if (problem instanceof YamlProblem) return { code: problem.code };
    throw problem;
  }
}

describe.each([
  ['the reader', readDocument],
  ['the exact reader', readExact],
])('%s', (_, read) => {
  it.each(table.map((reading) => [reading.yaml, reading] as const))(
    'reads %j as Kubernetes does',
    (yaml, { json, error }) => {
      const found = outcome(read, yaml);
      if ('code' in found) {
        if (error === undefined) expect(yaml).toMatch(STRICTER.get(found.code) ?? /^$/);
      } else if (error === undefined) {
        // Only a float can be a negative zero, and JSON has but one.
        expect(JSON.parse(JSON.stringify(found.value))).toEqual(JSON.parse(JSON.stringify(json)));
      } else {
        expect(KINDER).toContain(yaml);
      }
    },
  );
});

test.each([
  [1.1, '1.1'],
  [Math.PI, '3.1415927'],
  [1000000, '1e+06'],
  [999999.5, '999999.5'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [123456789.5, '1.2345679e+08'],
  [1e300, '.inf'],
  [-1e300, '-.inf'],
  [Number.NaN, '.nan'],
  [-0, '-0'],
])('a float as a key: %p is %s', (value, key) => {
  expect(floatKey(value)).toBe(key);
});
