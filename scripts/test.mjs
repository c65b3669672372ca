// `npm test`: sets up the checkout and the judges, checks the types of the tests, and runs them; words after `--` are jest's.
// With a path only what that test needs is built: a test that runs the command line builds it when it starts.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTestTools as ensureImageTools } from '../packages/image/scripts/testTools.mjs';
import { ensureBrowser } from '../packages/review/scripts/browser.mjs';
import { ensureTestTools } from './testTools.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const isWhole = words.every((word) => word.startsWith('-')) && !words.some((word) => word.startsWith('--watch'));

const run = (script, args, env = {}) =>
  spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status ?? 1;

/** A type error fails the run, and the tests run nevertheless. */
const typesOf = () =>
  run('node_modules/typescript/bin/tsc', [
    '--project',
    'tsconfig.json',
    '--incremental',
    '--tsBuildInfoFile',
    '.cache/types.tsbuildinfo',
  ]);

async function ensureTools() {
  await ensureTestTools();
  for (const one of ensureImageTools().missing)
    process.stderr.write(`image judges: missing ${one}; what it judges is skipped\n`);
  const missing = ensureBrowser();
  if (missing) process.stderr.write(`review judges: no browser (${missing}); the page of a review is not looked at\n`);
}

if (run('scripts/setup.mjs', isWhole ? [] : ['--generated']) !== 0) process.exit(1);
try {
  await ensureTools();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const types = isWhole ? typesOf() : 0;
const tests = run('scripts/jest.mjs', words, isWhole ? { I2KIT_TEST_BUILT: '1' } : {});
process.exitCode = types === 0 ? tests : types;
