// Diagnostics as text: frames, widths, colours, and nothing that a terminal would obey.
import { escapeInvisible } from '@i2kit/common';
import fc from 'fast-check';
import type { Diagnostic, ObjectRef } from '../src/diagnostic.ts';
import { cellsOf, widthOfCells } from '../src/render/cells.ts';
import { render } from '../src/render.ts';

const object: ObjectRef = {
  source: 'a.yaml',
  document: 0,
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'default',
  name: 'a',
};
const diagnostic = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  ...{ code: 'I2K202', severity: 'error', message: 'this is wrong', object, path: ['data', 'x'] },
  ...more,
});
const show = (text: string, more: Partial<Diagnostic> = {}, options = { color: false }) =>
  render([diagnostic(more)], [{ name: 'a.yaml', text }], options);
const frameOf = (text: string, more: Partial<Diagnostic> = {}, width = 100) =>
  render([diagnostic(more)], [{ name: 'a.yaml', text }], { color: false, width })
    .split('\n')
    .slice(2, 4);

test('nothing to say is nothing', () => {
  expect(render([], [], { color: true })).toBe('');
});

test('all parts', () => {
  const sources = [
    { name: 'a.yaml', text: 'data:\n  x: 1\n' },
    { name: 'b.yaml', text: 'metadata:\n  name: b\n' },
  ];
  const other = { ...object, source: 'b.yaml' };
  const said = render(
    [
      diagnostic({
        code: 'I2K201',
        severity: 'warning',
        message: 'second',
        object: other,
        path: ['metadata', 'name'],
        atKey: true,
      }),
      diagnostic({
        hint: 'write it so',
        related: [{ message: 'the other one', object: other, path: ['metadata', 'name'] }],
      }),
      diagnostic({ severity: 'info', message: 'of no place', object: { ...object, source: '' } }),
    ],
    sources,
    { color: false },
  );
  expect(said).toBe(`info[I2K202] of no place

error[I2K202] a.yaml:2:6 this is wrong
  |
2 |   x: 1
  |      ^
  = hint: write it so
  = b.yaml:2:9 the other one
  |
2 |   name: b
  |         ^

warning[I2K201] b.yaml:2:3 second
  |
2 |   name: b
  |   ^^^^

i2kit explain I2K201   Unknown field
i2kit explain I2K202   Wrong type
`);
});

test('colours are the only difference', () => {
  const text = 'data:\n  x: 1\n';
  const coloured = show(text, { hint: 'h' }, { color: true });
  expect(coloured).toContain('\u001b[31merror[I2K202]\u001b[0m');
  // biome-ignore lint/complexity/useRegexLiterals: an escape in a literal is no better
  expect(coloured.replace(new RegExp('\\u001b\\[\\d+m', 'g'), '')).toBe(show(text, { hint: 'h' }));
});

describe('the frame', () => {
  test.each([
    ['tabs', 'data: {y: 1,\tx: 2}', 'data: {y: 1,    x: 2}', '^'],
    ['wide characters', 'data: {名前: 1, x: 漢字}', 'data: {名前: 1, x: 漢字}', '^^^^'],
    ['combining characters', 'data: {e\u0301: 1, x: e\u0301e}', 'data: {e\u0301: 1, x: e\u0301e}', '^^'],
    ['what cannot be seen', 'data: {"\u200b": 1, x: "\u202e"}', 'data: {"\\u200b": 1, x: "\\u202e"}', '^^^^^^^^'],
  ])('%s', (_, text, line, marks) => {
    const [source, underline] = frameOf(`${text}\n`);
    expect(source).toBe(`1 | ${line}`);
    const before = widthOfCells(cellsOf(text.slice(0, text.lastIndexOf('x: ') + 3)));
    expect(underline).toBe(`  | ${' '.repeat(before)}${marks}`);
  });

  it('cuts a long line around what is meant', () => {
    const [start] = frameOf(`data: {x: 1, y: "${'a'.repeat(500)}"}\n`, {}, 60);
    expect(start).toMatch(/^1 \| data: \{x: 1, y: "a+…$/);
    const [end, marks] = frameOf(`data: {y: "${'漢'.repeat(500)}", x: wrong}\n`, {}, 60);
    expect(end).toMatch(/^1 \| …漢+", x: wrong\}$/);
    expect(marks?.trimEnd().endsWith('^^^^^')).toBe(true);
    const [middle, all] = frameOf(`data: {x: "${'b'.repeat(500)}"}\n`, {}, 60);
    expect(middle?.length).toBeLessThanOrEqual(60);
    expect(all?.length).toBeLessThanOrEqual(60);
  });

  it('underlines only the first of several lines', () => {
    expect(frameOf('data:\n  x: |\n    one\n    two\n')).toEqual(['2 |   x: |', '  |      ^']);
  });
});

test('values of Secrets are not shown', () => {
  const secret = { ...object, kind: 'Secret' };
  const text =
    'kind: Secret\nmetadata: {name: n, annotations: {last: hunter2}}\ndata: {x: hunter2}\npassword: hunter2\n';
  for (const path of [['data', 'x'], ['password'], ['metadata', 'annotations', 'last'], []]) {
    expect(show(text, { object: secret, path })).not.toContain('hunter2');
  }
  expect(show(text, { path: [], offset: text.indexOf('hunter2') })).not.toContain('hunter2');
  expect(show('kind: Secret\nmetadata:\n  name: n\n', { object: secret, path: ['metadata', 'name'] })).toContain(
    'name: n',
  );
});

test('no text can command the terminal', () => {
  const unit = fc.oneof(
    fc.constantFrom('\u001b', '\u009b', '\u0007', '\r', '\u202e', '\u200b', '\ud800', '\u{e0041}', '[31m', 'x'),
    fc.string({ unit: 'binary' }),
  );
  const text = fc.array(unit).map((parts) => parts.join(''));
  // biome-ignore lint/complexity/useRegexLiterals: control characters are what is looked for
  const harmful = new RegExp('[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u2028-\\u202e]');
  fc.assert(
    fc.property(text, text, text, text, (message, hint, name, line) => {
      const source = { name, text: `data:\n  x: 1 # ${line}` };
      const said = render([diagnostic({ message, hint, object: { ...object, source: name } })], [source], {
        color: false,
      });
      expect(said).not.toMatch(harmful);
      expect(escapeInvisible(said.replaceAll('\n', ''))).toBe(said.replaceAll('\n', ''));
    }),
  );
});
