// Runs jest with the Node options that ES modules need; I2KIT_TEST_REPORT names a file for a report in JSON.
// I2KIT_TEST_LONG=1: property tests with ten times the runs and a new seed, which I2KIT_TEST_SEED repeats, and every
// fault and every changed object.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { NODE_OPTIONS = '', I2KIT_TEST_REPORT: report, I2KIT_TEST_LONG: long } = process.env;
const { I2KIT_TEST_SEED: seed = long === '1' ? String(randomInt(2 ** 31)) : '1' } = process.env;
if (long === '1')
  process.stderr.write(`The seed of property tests is ${seed}: I2KIT_TEST_SEED=${seed} repeats this run.\n`);
// Jest's workers inherit the environment, but not the flags of this process. The warning says only that the feature is new.
const flags = [
  '--experimental-vm-modules',
  ...(process.allowedNodeEnvironmentFlags.has('--disable-warning') ? ['--disable-warning=ExperimentalWarning'] : []),
];
const words = process.argv.slice(2);
// A worker that took much memory is restarted, so 1.5 GB are enough. A run of few files needs no workers.
const limits = words.some((word) => !word.startsWith('-')) ? [] : ['--workerIdleMemoryLimit=400MB'];
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/jest/bin/jest.js'),
    ...limits,
    ...(report ? ['--json', `--outputFile=${report}`] : []),
    ...words,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, I2KIT_TEST_SEED: seed, NODE_OPTIONS: `${NODE_OPTIONS} ${flags.join(' ')}`.trim() },
  },
);
process.exitCode = status ?? 1;
