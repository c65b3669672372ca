// The bundle as a process: what only a real one can show. It is built here, with the compiler of these tests.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, cpSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder, manifest } from './harness.ts';

const cli = join(import.meta.dirname, '..');
const here = createFolder({ 'web.yaml': manifest('Deployment', 'web') });
const bin = join(here, 'package/bin/i2kit.js');
const dist = join(here, 'package/dist');

beforeAll(() => {
  cpSync(join(cli, 'bin'), join(here, 'package/bin'), { recursive: true });
  const compiler = join(cli, 'test/fakeCompiler.ts');
  execFileSync(process.execPath, [
    join(cli, '../../scripts/bundle.mjs'),
    '--package',
    join(here, 'package'),
    '--compiler',
    compiler,
  ]);
});

const { NODE_OPTIONS: _, FORCE_COLOR: __, NO_COLOR: ___, ...environment } = process.env;

function i2kit(
  argv: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string | Uint8Array } = {},
) {
  const { env, ...rest } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
    cwd: here,
    encoding: 'utf8',
    env: { ...environment, ...env },
    ...rest,
  });
  return { status, stdout, stderr };
}

const caches = () => readdirSync(dist).filter((name) => name.endsWith('.cache'));

test('compiles, from a file and from standard input', () => {
  const fromFile = i2kit(['synth', '-f', 'web.yaml']);
  expect(fromFile).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(fromFile.stdout).Resources).toHaveProperty('Deploymentweb');
  expect(i2kit(['synth', '-f', '-'], { input: readFileSync(join(here, 'web.yaml')) })).toEqual(fromFile);
  expect(i2kit(['synth', '-f', '-'], { input: 'x'.repeat(17 << 20) })).toMatchObject({ status: 2, stdout: '' });
});

test('help, completion and schemas are in the package', () => {
  expect(i2kit(['synth', '--help'])).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(i2kit(['schema']).stdout)).toHaveProperty('properties.app');
  expect(JSON.parse(i2kit(['schema', 'agent']).stdout)).toHaveProperty('$schema');
  expect(i2kit(['completion', 'bash']).stdout).toContain('complete ');
});

test('exit codes are those of the documentation', () => {
  expect(i2kit([]).status).toBe(0);
  expect(i2kit(['snyth']).status).toBe(2);
  expect(i2kit(['synth', '-f', 'gone.yaml']).status).toBe(2);
  const crash = i2kit(['synth', '-v', '-f', '-'], { input: manifest('Deployment', 'a', { crash: 'Oh' }) });
  expect([crash.status, crash.stdout]).toEqual([70, '']);
  expect(crash.stderr).toMatch(/^ {4}at .*i2kit\.cjs/m);
});

test('a reader that leaves early sees no error, and no stack', async () => {
  const many = Array.from({ length: 3_000 }, (_, i) => manifest('Deployment', `web${i}`)).join('---\n');
  writeFileSync(join(here, 'many.yaml'), many);
  const child = spawn(process.execPath, [bin, 'synth', '-f', 'many.yaml'], { cwd: here, env: environment });
  let stderr = '';
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, stderr]).toEqual([0, '']);
});

test('bad input stays bad where nobody reads what is wrong with it', async () => {
  const child = spawn(process.execPath, [bin, 'synth', '-f', 'gone.yaml'], { cwd: here, env: environment });
  child.stderr.destroy();
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
});

test('a directory in the place of standard input is an error, and no bug', () => {
  const stdin = openSync(here, 'r');
  const { status, stderr } = spawnSync(process.execPath, [bin, 'synth', '-f', '-', '--app', 'x'], {
    cwd: here,
    encoding: 'utf8',
    env: environment,
    stdio: [stdin, 'pipe', 'pipe'],
  });
  closeSync(stdin);
  expect(status).toBe(2);
  expect(stderr).toContain('error[I2K726] <stdin> the system cannot read it: EISDIR');
});

test('a long output arrives whole through a pipe that is read slowly', async () => {
  const child = spawn(process.execPath, [bin, 'synth', '-f', 'many.yaml'], { cwd: here, env: environment });
  let text = '';
  child.stdout.setEncoding('utf8');
  for await (const part of child.stdout) {
    text += part;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(Object.keys(JSON.parse(text).Resources)).toHaveLength(3_000);
});

test('colours are for terminals, unless they are asked for', () => {
  const input = manifest('Deployment', 'a', { say: 'error' });
  const coloured = (env: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
    i2kit(['synth', '-f', '-', ...argv], { env, input }).stderr.includes('\u001b[');
  expect([coloured({}), coloured({ FORCE_COLOR: '1' }), coloured({ NO_COLOR: '1' }), coloured({}, '--color')]).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

describe('the code cache', () => {
  test('is there after the build, and made again by the first run', () => {
    const [built] = caches();
    expect(built).toContain(process.version);
    rmSync(join(dist, built as string));
    i2kit(['version']);
    expect(caches()).toEqual([]);
    i2kit(['synth', '-f', 'web.yaml']);
    expect(caches()).toEqual([built]);
  });

  test('may be rejected, broken or unwritable, and nothing is said', () => {
    const good = i2kit(['synth', '-f', 'web.yaml']);
    const [name] = caches();
    writeFileSync(join(dist, name as string), 'rubbish');
    expect(i2kit(['synth', '-f', 'web.yaml'])).toEqual(good);
    rmSync(join(dist, name as string));
    chmodSync(dist, 0o500);
    try {
      expect(i2kit(['synth', '-f', 'web.yaml'])).toEqual(good);
    } finally {
      chmodSync(dist, 0o700);
    }
  });
});

test('a package that was not built says so', () => {
  const empty = createFolder();
  cpSync(join(cli, 'bin'), join(empty, 'bin'), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(empty, 'bin/i2kit.js')], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([70, "i2kit is not built: run 'npm run build' first.\n"]);
});
