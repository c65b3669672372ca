// Makes a checkout ready to run: installs what the lock file names and builds, each only where it is out of date. Node alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(root, 'packages/cli/dist/i2kit.cjs');

if (!installed()) run('installing packages, which can take a minute', npm(), ['ci', '--loglevel=error']);
if (newest(sources()) > made(bundle)) run('building', join(root, 'scripts/build.mjs'), []);

/** npm keeps beside the packages a list of what it installed: the same versions as in the lock file, or it is stale. */
function installed() {
  const wanted = json('package-lock.json')?.packages ?? {};
  const there = json('node_modules/.package-lock.json')?.packages;
  if (there === undefined) return false;
  // What is optional is for other systems.
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    return !path.includes('node_modules/') || optional || (link ? there[path]?.link : there[path]?.version === version);
  });
}

function json(name) {
  try {
    return JSON.parse(readFileSync(join(root, name), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whatever the build reads. */
function sources() {
  const packages = readdirSync(join(root, 'packages')).flatMap((name) =>
    ['src', 'cmd', 'internal', 'go.sum', 'build.mjs', 'schema', 'scripts', 'contract', 'package.json', 'tsconfig.json'].map((part) =>
      join(root, 'packages', name, part),
    ),
  );
  const scripts = ['build.mjs', 'bundle.mjs'].map((name) => join(root, 'scripts', name));
  return [...packages, ...scripts, ...['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(root, name))];
}

/** Directories count too: their time is that of the last file that came or went. */
function newest(paths) {
  return paths.reduce((latest, path) => {
    if (!existsSync(path)) return latest;
    const stat = statSync(path);
    const below = stat.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : 0;
    return Math.max(latest, stat.mtimeMs, below);
  }, 0);
}

function made(path) {
  return existsSync(path) ? statSync(path).mtimeMs : -1;
}

/** npm says where it is to the scripts that it runs. */
function npm() {
  const { npm_execpath: path = '' } = process.env;
  return path.endsWith('npm-cli.js') ? path : 'npm';
}

/** A script for Node, or a program. */
function run(what, command, args) {
  process.stderr.write(`setup: ${what}\n`);
  const script = /\.[cm]?js$/.test(command);
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  // Where npm is a batch file, only a shell can start it.
  const { status } = script
    ? spawnSync(process.execPath, [command, ...args], options)
    : spawnSync(command, args, { ...options, shell: process.platform === 'win32' });
  if (status === 0) return;
  process.stderr.write(`setup: ${what} failed\n`);
  process.exit(1);
}
