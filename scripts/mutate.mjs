// `npm run mutate`: mutation testing with Stryker of the compiler's plan and emitters, the review's effects and the runner.
//
//     node scripts/mutate.mjs [--area NAME]… [--one-in 5] [--first 0] [--budget 2] [--again]
//     node scripts/mutate.mjs --report
//
// One mutant in --one-in is tried, from the first one given, with the quickest of its tests that take --budget seconds of processor time
// together; --again keeps what an earlier run of the same sources measured. The results are in .cache/mutation; a table
// of all samples there and their surviving mutants are printed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { locked } from './lock.mjs';
import { areas, excluded } from './mutation/areas.mjs';
import { reportText } from './mutation/report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache');
const own = fileURLToPath(new URL('mutation/', import.meta.url));

const { values } = parseArgs({
  options: {
    area: { type: 'string', multiple: true, default: Object.keys(areas) },
    'one-in': { type: 'string', default: '5' },
    first: { type: 'string', default: '0' },
    budget: { type: 'string', default: '2' },
    again: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});

/** Stryker's folder: an npm package that only this script uses. */
async function installed() {
  const dir = join(cache, 'stryker');
  const wanted = createHash('sha256')
    .update(readFileSync(join(own, 'package-lock.json')))
    .digest('hex');
  const isReady = () => existsSync(join(dir, wanted));
  mkdirSync(cache, { recursive: true });
  await locked(join(cache, 'stryker.lock'), async () => {
    if (isReady()) return;
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(own, name), join(dir, name));
    const { status } = spawnSync('npm', ['--prefix', dir, 'ci', '--ignore-scripts', '--silent'], { stdio: 'inherit' });
    if (status !== 0) throw new Error('Stryker could not be installed');
    writeFileSync(join(dir, wanted), '');
  });
  return join(dir, 'node_modules/@stryker-mutator/core/bin/stryker.js');
}

/** Runs Stryker in a copy of the sources, which it may change. */
function judge(stryker, name) {
  const { mutate, tests, oneTestIn = {} } = areas[name];
  const work = join(cache, 'mutation/work', name);
  copyTo(work);
  const files = (paths, pattern) =>
    paths
      .flatMap((path) => filesBelow(work, path))
      .filter((path) => pattern.test(path) && !excluded.some((one) => path.startsWith(one)));
  const sources = files(mutate, /(?<!\.d)\.ts$/);
  const settings = {
    oneIn: Number(values['one-in']),
    first: Number(values.first),
    budget: 1000 * Number(values.budget),
    oneTestIn,
    again: values.again,
    sources: sources.map((path) => join(work, path)),
    tests: files(tests, /\.test\.ts$/).map((path) => join(work, path)),
    record: join(cache, 'mutation', `${name}.tests.json`),
  };
  if (!values.again) rmSync(settings.record, { force: true });
  const config = join(work, 'stryker.json');
  writeFileSync(config, JSON.stringify(configOf(name, sources, settings)));
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], { cwd: work, stdio: 'inherit' });
  if (status !== 0) throw new Error(`Stryker failed in ${name}`);
}

const reportOf = (name) => join(cache, 'mutation', `${name}.${values['one-in']}.${values.first}.json`);

const configOf = (name, mutate, settings) => ({
  mutate,
  testRunner: 'i2kit',
  checkers: ['sample'],
  plugins: [join(own, 'runner.mjs'), join(own, 'sample.mjs')],
  testRunnerNodeArgs: [
    '--conditions=source',
    `--import=${join(root, 'scripts/typescript.mjs')}`,
    '--disable-warning=ExperimentalWarning',
  ],
  coverageAnalysis: 'perTest',
  inPlace: true,
  concurrency: 1,
  // Nothing checks types here, and some tests look at the text of sources.
  disableTypeChecks: false,
  warnings: { unknownOptions: false },
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 60,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: reportOf(name) },
  allowConsoleColors: false,
  i2kit: settings,
});

function copyTo(work) {
  rmSync(work, { recursive: true, force: true });
  const left = new Set(['node_modules', 'dist', '.git', '.cache']);
  mkdirSync(work, { recursive: true });
  for (const name of readdirSync(root)) {
    if (left.has(name)) continue;
    cpSync(join(root, name), join(work, name), { recursive: true, filter: (path) => !left.has(basename(path)) });
  }
  mkdirSync(join(work, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const from = join(root, 'node_modules', name);
    // The workspace's packages are relative links, so they lead into the copy.
    if (name === '@i2kit') cpSync(from, join(work, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, join(work, 'node_modules', name));
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    const from = join(root, 'packages', name, 'node_modules');
    if (existsSync(from)) symlinkSync(from, join(work, 'packages', name, 'node_modules'));
  }
}

function filesBelow(folder, path) {
  if (!statSync(join(folder, path)).isDirectory()) return [path];
  return readdirSync(join(folder, path))
    .sort()
    .flatMap((name) => filesBelow(folder, `${path}/${name}`));
}

mkdirSync(join(cache, 'mutation'), { recursive: true });
if (!values.report) {
  const stryker = await installed();
  for (const name of values.area) judge(stryker, name);
}
process.stdout.write(reportText(join(cache, 'mutation'), values.area));
