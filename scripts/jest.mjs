// Runs jest with what its ES modules need of Node, on every system; I2KIT_TEST_REPORT names a file for a report in JSON.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { NODE_OPTIONS = '', I2KIT_TEST_REPORT: report } = process.env;
// Jest's workers inherit the environment, but not the flags of this process. The warning says only that the feature is new.
const flags = [
  '--experimental-vm-modules',
  ...(process.allowedNodeEnvironmentFlags.has('--disable-warning') ? ['--disable-warning=ExperimentalWarning'] : []),
];
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/jest/bin/jest.js'), ...(report ? ['--json', `--outputFile=${report}`] : []), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: `${NODE_OPTIONS} ${flags.join(' ')}`.trim() },
  },
);
process.exitCode = status ?? 1;
