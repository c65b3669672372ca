// Renews templates/: the output of the built command line for each folder of examples/.
// With --check it writes nothing and fails where a golden is stale. A change there is reviewed like code.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/cli/bin/i2kit.js');

export const examples = () =>
  readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Compiles every example, and the environment, into `directory`. */
export function compileExamples(directory) {
  for (const example of examples()) {
    run(['synth', '-f', '.', '-d', join(directory, example)], join(root, 'examples', example));
  }
  run(['env', 'synth', '-d', join(directory, 'environment')], join(root, 'examples', 'voting'));
}

function run(args, cwd) {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status !== 0) throw new Error(`i2kit ${args.join(' ')} in ${relative(root, cwd)}: exit ${status}\n${stderr}`);
}

/** Names of the files that differ between two folders. */
export function differences(a, b) {
  const files = (directory) =>
    (existsSync(directory) ? readdirSync(directory, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath ?? entry.path, entry.name)));
  const names = new Set([...files(a), ...files(b)]);
  const read = (directory, name) =>
    existsSync(join(directory, name)) ? readFileSync(join(directory, name), 'utf8') : undefined;
  return [...names].sort().filter((name) => read(a, name) !== read(b, name));
}

/** Calls `use` with a fresh compilation of all examples. */
export function withFresh(use) {
  const fresh = mkdtempSync(join(tmpdir(), 'i2kit-goldens-'));
  try {
    compileExamples(fresh);
    return use(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** As `withFresh`, but reports the command line's errors without a stack trace. */
function withFreshOrExit(use) {
  try {
    withFresh(use);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const goldens = join(root, 'templates');
  withFreshOrExit((fresh) => {
    const stale = differences(goldens, fresh);
    for (const name of stale)
      console.log(`${process.argv.includes('--check') ? 'stale' : 'renewed'}: templates/${name}`);
    if (process.argv.includes('--check')) process.exitCode = stale.length === 0 ? 0 : 1;
    else {
      rmSync(goldens, { recursive: true, force: true });
      cpSync(fresh, goldens, { recursive: true });
    }
  });
}
