// Soaks the runner: cycles of apply, change and destroy with faults and kills, against the double of CloudFormation and
// through HTTP against the AWS emulator. docs/reliability.md has the figures of the last run.
//
//     npm run soak [-- --double 1800 --endpoint 200 --seed 1]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    double: { type: 'string', default: '1800' },
    endpoint: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [join(root, 'scripts/jest.mjs'), '--runInBand', 'packages/runner/test/soak', 'test/soak'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      I2KIT_SOAK_CYCLES: values.double,
      I2KIT_SOAK_ENDPOINT_CYCLES: values.endpoint,
      I2KIT_TEST_SEED: values.seed,
    },
  },
);
process.exitCode = status ?? 1;
