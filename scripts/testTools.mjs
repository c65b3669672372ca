#!/usr/bin/env node
// Installs the Python validators that tests run (cfn-lint, the AWS emulator, moto; checkov on demand) into .cache,
// once per list of pinned packages.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locked } from './lock.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache');
const oldestPython = [3, 11];

/** The validators that most tests need. */
export async function ensureTestTools() {
  const bin = await ensureVenv('judges', join(root, 'test/validators/requirements.txt'));
  return { python: join(bin, 'python'), cfnLint: join(bin, 'cfn-lint'), motoServer: join(bin, 'moto_server') };
}

/** The security validator: 290 MB, with pins that conflict with the others; installed on demand. */
export async function ensureCheckov() {
  const bin = await ensureVenv('checkov', join(root, 'test/validators/requirements-checkov.txt'));
  return { python: join(bin, 'python'), checkov: join(bin, 'checkov') };
}

/** The folder of the IAM simulator and of AWS's table of actions, kept apart as their licence is the AGPL. */
export const ensureIamSimulator = () => ensurePackages('iam');

/** The folder of the checker of regular expressions. */
export const ensureExpressionChecker = () => ensurePackages('expressions');

/** The folder of cdk-nag and of the library that it judges (400 MB). */
export const ensureCdkNag = () => ensurePackages('cdkNag');

/** npm packages that only one judge uses: installed into .cache from the lock file in test/validators. */
async function ensurePackages(name) {
  const source = join(root, 'test/validators', name);
  const dir = join(cache, name);
  const lockFile = readFileSync(join(source, 'package-lock.json'));
  const wanted = createHash('sha256').update(lockFile).digest('hex');
  const upToDate = () => read(join(dir, 'stamp')) === wanted;
  if (upToDate()) return dir;
  mkdirSync(cache, { recursive: true });
  await locked(join(cache, `${name}.lock`), async () => {
    if (upToDate()) return;
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(source, file), join(dir, file));
    const command = ['--prefix', dir, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
    await run('npm', command, `the packages of test/validators/${name} could not be installed`);
    writeFileSync(join(dir, 'stamp'), wanted);
  });
  return dir;
}

async function ensureVenv(name, requirements) {
  const dir = join(cache, name);
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const upToDate = () => read(join(dir, 'stamp')) === wanted;
  if (!upToDate()) {
    mkdirSync(cache, { recursive: true });
    // A venv cannot be moved (its scripts hold their own path), so it is built in place, by one process at a time.
    await locked(join(cache, `${name}.lock`), async () => {
      if (!upToDate()) await build(name, dir, requirements, wanted);
    });
  }
  return join(dir, 'bin');
}

async function build(name, dir, requirements, stamp) {
  const python = process.env.PYTHON ?? 'python3';
  await checkPython(python);
  const started = Date.now();
  process.stderr.write(`${name}: installing pinned Python packages into .cache/${name} (once, about a minute)\n`);
  rmSync(dir, { recursive: true, force: true });
  await run(
    python,
    ['-m', 'venv', dir],
    'python3 cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)',
  );
  // Skipping compilation halves time and size; wheels only, so that no package runs code during the installation.
  await run(
    join(dir, 'bin/python'),
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '--no-compile',
      '--only-binary=:all:',
      '--requirement',
      requirements,
    ],
    `the packages of ${requirements} could not be installed`,
  );
  writeFileSync(join(dir, 'stamp'), stamp);
  process.stderr.write(`${name}: ready after ${Math.round((Date.now() - started) / 1000)} s\n`);
}

async function checkPython(python) {
  const wanted = oldestPython.join('.');
  const report = 'import sys; print(*sys.version_info[:2], sep=".")';
  const version = await run(
    python,
    ['-c', report],
    `python3 ${wanted} or newer is needed by the tests' judges, and "${python}" does not start (PYTHON names another)`,
  );
  const [major, minor] = version.trim().split('.').map(Number);
  if (major !== oldestPython[0] || minor < oldestPython[1]) {
    throw new Error(
      `python3 ${wanted} or newer is needed by the tests' judges; "${python}" is ${version.trim()} (PYTHON names another)`,
    );
  }
}

/** Runs a command and returns its output; an error says what the command was for. */
function run(command, args, meaning) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (error) => reject(new Error(`${meaning}: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${meaning}:\n${(stderr || stdout).trim().split('\n').slice(-12).join('\n')}`));
    });
  });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const paths = {
      ...(await ensureTestTools()),
      ...(process.argv.includes('--checkov') ? await ensureCheckov() : {}),
    };
    process.stdout.write(`${JSON.stringify(paths, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
