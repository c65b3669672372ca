// Builds if a source is newer than the result, in one process at a time. Needs only Node.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locked } from './lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(root, 'packages/cli/dist/i2kit.cjs');

/** Sources that the build writes: their paths are in .gitignore. */
const generated = (read('.gitignore') ?? '')
  .split('\n')
  .flatMap((line) => (/\/src\/generated\//.test(line) ? [join(root, line)] : []));

/** The whole build: the command line's bundles, the agent, and everything they depend on. */
export const ensureBuilt = () => ensure([bundle], [], 'building', everySource);

/** Only the generated sources, which unit tests need. */
export const ensureGenerated = () =>
  ensure(
    generated.filter((path) => path.endsWith('.js')),
    ['--generated'],
    'generating checks',
    () =>
      ['compiler', 'cli'].flatMap((name) =>
        ['src', 'schema', 'scripts'].map((part) => join(root, 'packages', name, part)),
      ),
  );

async function ensure(results, flags, doing, sources) {
  const isStale = () => newest(sources()) > Math.min(...results.map(made));
  // A run of all tests builds before it starts them.
  if (process.env.I2KIT_TEST_BUILT === '1' || !isStale()) return;
  mkdirSync(join(root, '.cache'), { recursive: true });
  await locked(join(root, '.cache/build.lock'), async () => {
    if (!isStale()) return;
    const started = new Date();
    process.stderr.write(`setup: ${doing}\n`);
    await run(process.execPath, [join(root, 'scripts/build.mjs'), ...flags]);
    // A source written during the build is newer than its result.
    for (const result of results) if (existsSync(result)) utimesSync(result, started, started);
  });
}

/** All inputs of the build. */
function everySource() {
  const packages = readdirSync(join(root, 'packages')).flatMap((name) =>
    [
      'src',
      'cmd',
      'internal',
      'go.sum',
      'build.mjs',
      'schema',
      'scripts',
      'contract',
      'package.json',
      'tsconfig.json',
    ].map((part) => join(root, 'packages', name, part)),
  );
  const scripts = ['build.mjs', 'bundle.mjs'].map((name) => join(root, 'scripts', name));
  return [
    ...packages,
    ...scripts,
    ...['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(root, name)),
  ];
}

/**
 * Directories count: their time is that of the last file added or removed. Files that the build writes do not count,
 * nor their folders.
 */
function newest(paths) {
  return paths.reduce((latest, path) => {
    if (generated.includes(path) || !existsSync(path)) return latest;
    const stat = statSync(path);
    if (!stat.isDirectory()) return Math.max(latest, stat.mtimeMs);
    const names = readdirSync(path);
    const own = generated.some((file) => dirname(file) === path) ? 0 : stat.mtimeMs;
    return Math.max(latest, own, newest(names.map((name) => join(path, name))));
  }, 0);
}

function made(path) {
  return existsSync(path) ? statSync(path).mtimeMs : -1;
}

function read(name) {
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch {
    return undefined;
  }
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error('setup: the build failed'))));
  });
}
