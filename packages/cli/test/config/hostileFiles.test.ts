// Settings, lock and context files that are made to cost time or stack: each gives a diagnostic with a place.

import * as fs from 'node:fs';
import { doublingRatio } from '../../../../test/support/doubling.ts';
import { directoryBase } from '../../src/comparison/base.ts';
import { parseSettings } from '../../src/config/settingsFile.ts';
import type { Context } from '../../src/context.ts';
import type { Io } from '../../src/io.ts';
import { readReviewFile } from '../../src/review/file.ts';
import { createFolder, i2kit, manifest } from '../harness.ts';

const web = manifest('Deployment', 'web');
const nested = '['.repeat(50_000) + ']'.repeat(50_000);
const run = async (files: Readonly<Record<string, string>>, argv: readonly string[] = ['synth', '-f', 'web.yaml']) =>
  i2kit(argv, { files: { 'web.yaml': web, ...files } });

test.each([
  ['i2kit.context.json', `{"version":1,"network":{"default":{"asked":${nested}}}}`, 'I2K736'],
  ['i2kit.lock.json', `{"version":1,"images":${nested}}`, 'I2K733'],
  ['i2kit.yaml', `tags: ${nested}`, 'I2K730'],
  ['i2kit.yaml', Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''), 'I2K730'],
])('%s nested deeply', async (name, text, code) => {
  const { code: exit, stdout, stderr } = await run({ [name]: text });
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(new RegExp(`error\\[${code}\\] ${name}:\\d+:\\d+ the file is nested deeper than 200 levels`));
});

test('a review and a template nested deeply', async () => {
  const template = `{"Resources":${nested}}`;
  const cwd = createFolder({ 'review.json': nested, 'base/default-shop.template.json': template });
  const io = { cwd, files: fs } as unknown as Io;
  expect(readReviewFile(io, 'review.json')).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining('is not a review') }],
  });
  const head = { stacks: new Map([['default-shop', { template: { Resources: {} } }]]), places: {} };
  expect(await directoryBase('base')({ io } as unknown as Context, head)).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining('it is not a template in JSON') }],
  });
});

test('a key that occurs twice is still refused, at its second place', async () => {
  expect(await parseSettings('a: 1\nb: {c: 1, c: 2}\n')).toMatchObject({
    content: { ok: false, problems: [{ message: 'map keys must be unique', offset: 15 }] },
  });
  expect((await parseSettings('- {a: 1}\n- {a: 2}\n')).content.ok).toBe(true);
});

async function refuse(text: string): Promise<void> {
  expect((await run({ 'i2kit.yaml': text })).code).toBe(2);
}

test.each([
  ['tags', (n: number) => `tags:\n${Array.from({ length: n }, (_, index) => `  t${index}: v\n`).join('')}`],
  ['unknown settings', (n: number) => Array.from({ length: n }, (_, index) => `s${index}: v\n`).join('')],
])('twice as many %s take about twice as long', async (_, of) => {
  await refuse(of(1_000));
  expect(await doublingRatio(refuse, of, 5_000, 3)).toBeLessThan(3);
});

test('the problems of a file are listed up to a number', async () => {
  const { stderr } = await run({ 'i2kit.yaml': Array.from({ length: 300 }, (_, index) => `s${index}: v\n`).join('') });
  expect(stderr.match(/error\[/g)).toHaveLength(101);
  expect(stderr).toContain('and 200 more problems of this file');
});
