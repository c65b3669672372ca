// The same input gives the same bytes, whatever the order of files, documents and keys, and whatever the comments.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compile, type Source } from '@i2kit/compiler';
import fc from 'fast-check';
import { ensureBuilt } from '../../scripts/fresh.mjs';
import { app, objectsOf, yamlOf } from './generate.ts';

await ensureBuilt();

const root = new URL('../..', import.meta.url).pathname;
const options = { app: 'shop', env: 'default' };

function templateBytes(sources: readonly Source[]): string {
  const result = compile(sources, options);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return JSON.stringify(result.stacks);
}

/** The same value with its keys in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner, random)] as const);
  return Object.fromEntries(
    entries
      .map((entry) => [random(), entry] as const)
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry),
  );
}

test('the order of files, documents and keys, comments and blank lines change no byte', () => {
  fc.assert(
    fc.property(
      app,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
      (workloads, seeds) => {
        let turn = 0;
        const random = () => ((seeds[turn++ % seeds.length] ?? 0) * 7919) % 1;
        const objects = workloads.flatMap(objectsOf);
        const plain = objects.map((object, position) => ({ name: `${position}.yaml`, text: yamlOf(object) }));
        const mixed = [...objects]
          .map((object) => [random(), object] as const)
          .sort(([a], [b]) => a - b)
          .map(([, object]) => `# a comment\n\n${yamlOf(shuffled(object, random))}`);
        const half = Math.ceil(mixed.length / 2);
        const other = [mixed.slice(half), mixed.slice(0, half)].map((part, position) => ({
          name: `z${position}.yaml`,
          text: part.join('---\n'),
        }));
        const list = [
          {
            name: 'list.json',
            text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...objects].reverse() }),
          },
        ];
        expect(templateBytes(other)).toBe(templateBytes(plain));
        expect(templateBytes(list)).toBe(templateBytes(plain));
      },
    ),
    { numRuns: 100 },
  );
});

test('ends of lines of YAML 1.1 in a value arrive as they are', () => {
  const [vote] = objectsOf({
    name: 'w',
    namespace: 'default',
    replicas: 1,
    port: 80,
    env: { A: 'a\u0085b\u2028c\u2029d' },
    exposed: false,
  });
  const text = yamlOf(vote);
  expect(text).toContain('"a\\Nb\\Lc\\Pd"');
  expect(templateBytes([{ name: 'a.yaml', text }])).toBe(
    templateBytes([{ name: 'a.json', text: JSON.stringify(vote) }]),
  );
});

test('time zone, language and folder change no byte', () => {
  const run = (cwd: string, file: string, env: Record<string, string>) =>
    spawnSync(process.execPath, [join(root, 'packages/cli/bin/i2kit.js'), 'synth', '--app', 'hello', '-f', file], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      encoding: 'utf8',
    }).stdout;
  const one = run(root, 'examples/hello', { TZ: 'UTC', LANG: 'C' });
  expect(one.length).toBeGreaterThan(1000);
  expect(
    run(join(root, 'examples'), 'hello/hello.yaml', { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
  ).toBe(one);
});
