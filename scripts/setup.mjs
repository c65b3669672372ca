// Makes a checkout ready to run: installs what the lock file names and builds, each only where it is out of date. Node alone.
// --generated: builds no more than the generated sources that unit tests import.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureGenerated } from './fresh.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!installed()) run('installing packages, which can take a minute', npm(), ['ci', '--loglevel=error']);
try {
  await (process.argv.includes('--generated') ? ensureGenerated() : ensureBuilt());
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** npm keeps beside the packages a list of what it installed: the same versions as in the lock file, or it is stale. */
function installed() {
  const wanted = json('package-lock.json')?.packages ?? {};
  const there = json('node_modules/.package-lock.json')?.packages;
  if (there === undefined) return false;
  // Optional packages are for other systems.
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
