// Renews templates/: the output of the built command line for each folder of examples/.
// Only the examples that are named are renewed; without a name, and for others, it lists what differs and fails.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
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
  const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  withFreshOrExit((fresh) => {
    const folders = new Set([...examples(), 'environment']);
    const unknown = names.filter((name) => !folders.has(name));
    if (unknown.length > 0)
      throw new Error(`There is no example ${unknown.join(', ')}; examples: ${[...folders].join(', ')}`);
    const stale = differences(goldens, fresh);
    const isNamed = (file) => names.includes(file.split(sep)[0]);
    for (const name of names) {
      rmSync(join(goldens, name), { recursive: true, force: true });
      cpSync(join(fresh, name), join(goldens, name), { recursive: true });
    }
    for (const file of stale) console.log(`${isNamed(file) ? 'renewed' : 'stale'}: templates/${file}`);
    const left = [...new Set(stale.filter((file) => !isNamed(file)).map((file) => file.split(sep)[0]))];
    if (left.length === 0) return;
    console.log(`Review each and renew it by name: npm run goldens -- ${left.join(' ')}`);
    process.exitCode = 1;
  });
}
