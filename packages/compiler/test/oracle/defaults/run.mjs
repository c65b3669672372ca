// Writes ../../data/defaults.json: every input and what Kubernetes makes of it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobs } from './cases/jobs.mjs';
import { pods } from './cases/pods.mjs';
import { resources } from './cases/resources.mjs';
import { rest } from './cases/rest.mjs';
import { services } from './cases/services.mjs';
import { volumes } from './cases/volumes.mjs';
import { workloads } from './cases/workloads.mjs';
import { bareCases, randomCases } from './random.mjs';

const inputs = [
  ...pods,
  ...resources,
  ...volumes,
  ...workloads,
  ...jobs,
  ...services,
  ...rest,
  ...bareCases,
  ...randomCases(8),
].map((input) => JSON.stringify(input));
const outputs = execFileSync('go', ['run', '.'], {
  cwd: import.meta.dirname,
  input: inputs.join('\n'),
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = outputs
  .trim()
  .split('\n')
  .map((output, i) => `{"input":${inputs[i]},"output":${output}}`);
writeFileSync(join(import.meta.dirname, '../../data/defaults.json'), `[\n${lines.join(',\n')}\n]\n`);
console.log(`${lines.length} objects`);
