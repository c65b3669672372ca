// i2kit.lock.json: where it is, when it is written, and when that is refused.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lock } from '@i2kit/compiler';
import { lockText, mergeLocks } from '../../src/config/lockFile.ts';
import { createFolder, i2kit, manifest } from '../harness.ts';

const db = manifest('StatefulSet', 'db', { zone: 'eu-west-1a' });
const key = 'PersistentVolumeClaim/default/db';
const disk = { reclaim: 'Delete', sizeGiB: 1, type: 'gp3', zone: 'eu-west-1a' };
const written = `${JSON.stringify({ version: 1, volumes: { 'prod-shop': { [key]: disk } } }, null, 2)}\n`;

test('--write-lock writes the decisions beside the configuration', async () => {
  const files = { 'db.yaml': db, 'ops/i2kit.yaml': 'app: shop' };
  expect((await i2kit(['synth', '-f', 'db.yaml', '--write-lock'], { files })).read('i2kit.lock.json')).toBe(written);
  expect(
    (await i2kit(['synth', '-f', 'db.yaml', '--write-lock', '--config', 'ops/i2kit.yaml'], { files })).read(
      'ops/i2kit.lock.json',
    ),
  ).toBe(written);
  expect(
    (await i2kit(['synth', '-f', 'db.yaml', '--write-lock', '--lock', 'other.json'], { files })).read('other.json'),
  ).toBe(written);
});

test('nothing is written unasked, and nothing by validate', async () => {
  expect(
    (await i2kit(['synth', '-f', 'db.yaml', '-d', '.'], { files: { 'db.yaml': db } })).read('i2kit.lock.json'),
  ).toBeUndefined();
  expect((await i2kit(['validate', '-f', 'db.yaml', '--write-lock'], { files: { 'db.yaml': db } })).code).toBe(2);
});

test('--frozen-lock takes a lock that stays as it is', async () => {
  const files = {
    'db.yaml': db,
    'i2kit.lock.json': JSON.stringify({ volumes: { 'prod-shop': { [key]: disk } }, version: 1, secrets: {} }),
  };
  expect((await i2kit(['synth', '-f', 'db.yaml', '--frozen-lock'], { files })).code).toBe(0);
});

test.each(['synth', 'validate'])('%s --frozen-lock fails where a decision is new, and says which', async (command) => {
  const { code, stderr } = await i2kit([command, '-f', 'db.yaml', '--frozen-lock'], { files: { 'db.yaml': db } });
  expect(code).toBe(2);
  expect(stderr).toContain(`error[I2K734] i2kit.lock.json the lock file would change: volumes prod-shop = {"${key}":`);
});

test('--write-lock and --frozen-lock exclude each other', async () => {
  expect((await i2kit(['synth', '-f', '.', '--write-lock', '--frozen-lock'])).code).toBe(2);
});

test.each([
  ['{"version": 2}', "i2kit.lock.json:1:13 'version' must be 1"],
  ['{}', "i2kit.lock.json:1:1 the lock lacks 'version'"],
  ['{"version": 1,\n "volume": {}}', "i2kit.lock.json:2:2 there is no setting 'volume'\n  Did you mean volumes?"],
  ['{"version": 1, "loadBalancers": {"a": 0}}', "'loadBalancers.a' must be at least 1"],
  ['{"version": 1,', 'i2kit.lock.json:1:1'],
  ['{\n<<<<<<< HEAD\n"version": 1}', 'i2kit.lock.json:2:1 the file contains a merge conflict'],
])('%j is refused at its place', async (text, said) => {
  const { code, stderr } = await i2kit(['synth', '-f', 'db.yaml'], {
    files: { 'db.yaml': db, 'i2kit.lock.json': text },
  });
  expect(code).toBe(2);
  expect(stderr).toContain('error[I2K733] ');
  expect(stderr).toContain(said);
});

test('a lock that is named has to be there, unless it is to be written', async () => {
  expect((await i2kit(['synth', '-f', 'db.yaml', '--lock', 'no.json'], { files: { 'db.yaml': db } })).stderr).toContain(
    'error[I2K720] no.json',
  );
});

const sha = (letter: string) => `sha256:${letter.repeat(64)}`;

test('the same decisions give the same bytes, at every depth, without empty tables', () => {
  const lock: Lock = {
    version: 1,
    secrets: {},
    images: { 'nginx:1.27': sha('b'), 'a/b': sha('a') },
    amis: { ff: { 'us-east-1': 'ami-2', 'eu-west-1': 'ami-1' }, ee: {} },
  };
  const order = (value: object): unknown[] =>
    Object.entries(value).flatMap(([key, inner]) => [key, typeof inner === 'object' ? order(inner) : []]);
  expect(order(JSON.parse(lockText(lock)))).toEqual(
    order({ version: 1, amis: { ff: { 'eu-west-1': 0, 'us-east-1': 0 } }, images: { 'a/b': 0, 'nginx:1.27': 0 } }),
  );
  expect(lockText(JSON.parse(lockText(lock)))).toBe(lockText(lock));
});

test('of two writers each keeps what it decided, and what it removed', () => {
  const base: Lock = { version: 1, loadBalancers: { a: 1, gone: 2 }, amis: { ff: { 'eu-west-1': 'ami-1' } } };
  const ours: Lock = {
    version: 1,
    loadBalancers: { a: 1, b: 3 },
    amis: { ff: { 'eu-west-1': 'ami-1', 'us-east-1': 'ami-2' } },
  };
  const theirs: Lock = { ...base, secrets: { 'default/db': 'v1' }, amis: { ff: { 'eu-west-1': 'ami-3' } } };
  expect(mergeLocks(base, ours, theirs)).toEqual({
    version: 1,
    loadBalancers: ours.loadBalancers,
    secrets: theirs.secrets,
    amis: { ff: { 'eu-west-1': 'ami-3', 'us-east-1': 'ami-2' } },
  });
  expect(mergeLocks(base, base, theirs)).toEqual(theirs);
  expect(mergeLocks(base, ours, base)).toEqual(ours);
});

/** Processes of their own, that each add one decision to one file. */
async function writers(cwd: string, count: number): Promise<void> {
  const module = (name: string) => JSON.stringify(join(import.meta.dirname, '../../src', name));
  writeFileSync(
    join(cwd, 'writer.ts'),
    `import * as files from 'node:fs';
     import { writeFiles } from ${module('output/writeFiles.ts')};
     import { lockOutput } from ${module('config/lockFile.ts')};
     const [name] = process.argv.slice(2);
     const io = { cwd: ${JSON.stringify(cwd)}, files, runtime: { pid: process.pid } };
     const wrong = writeFiles(io as never, lockOutput({ name: 'i2kit.lock.json', problems: [] }, { version: 1, secrets: { [name]: 'v' } }));
     process.exitCode = wrong.length;`,
  );
  const { status, stderr } = await bundled(cwd);
  expect([status, stderr]).toEqual([0, '']);
  const children = Array.from({ length: count }, (_, index) =>
    spawn(process.execPath, ['writer.cjs', `default/${index}`], { cwd, stdio: 'ignore' }),
  );
  const codes = await Promise.all(children.map((child) => once(child, 'exit').then(([code]) => code)));
  expect(codes).toEqual(codes.map(() => 0));
}

async function bundled(cwd: string): Promise<{ status: number; stderr: string }> {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [join(cwd, 'writer.ts')],
    outfile: join(cwd, 'writer.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['source'],
    logLevel: 'silent',
  });
  return { status: result.errors.length, stderr: result.warnings.map(({ text }) => text).join() };
}

test('twelve processes write one lock, and none undoes another', async () => {
  const cwd = createFolder();
  await writers(cwd, 12);
  const { secrets } = JSON.parse(readFileSync(join(cwd, 'i2kit.lock.json'), 'utf8')) as Lock;
  expect(Object.keys(secrets ?? {})).toHaveLength(12);
  expect(readdirSync(cwd).sort()).toEqual(['i2kit.lock.json', 'writer.cjs', 'writer.ts']);
});

test('a writer that died in the middle holds nobody up for ever; a link stays a link', async () => {
  const cwd = createFolder({ 'db.yaml': db, 'real.json': '{"version":1,"secrets":{"default/db":"v1"}}' });
  symlinkSync('real.json', join(cwd, 'i2kit.lock.json'));
  mkdirSync(join(cwd, 'real.json.writing'));
  utimesSync(join(cwd, 'real.json.writing'), 0, 0);
  expect((await i2kit(['synth', '-f', 'db.yaml', '--write-lock'], { cwd })).code).toBe(0);
  expect(JSON.parse(readFileSync(join(cwd, 'real.json'), 'utf8'))).toMatchObject({
    secrets: { 'default/db': 'v1' },
    volumes: { 'prod-shop': { [key]: disk } },
  });
  expect(readdirSync(cwd).sort()).toEqual(['db.yaml', 'i2kit.lock.json', 'real.json']);
});

test.each([
  ['{"version":1,"images":{"nginx":"latest"}}', "'images.nginx' has an invalid value"],
  ['{"version":1,"images":[]}', "'images' must be"],
  ['{"version":1,"amis":{"ff":{}}}', 'amis'],
])('%s is refused', async (text, said) => {
  const { code, stderr } = await i2kit(['synth', '-f', 'db.yaml'], {
    files: { 'db.yaml': db, 'i2kit.lock.json': text },
  });
  expect(code).toBe(2);
  expect(stderr).toContain(said);
});
