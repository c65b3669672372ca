// Fuzzes one target in this process, and writes the result to standard output: for scripts/fuzz.mjs.
import { openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCases } from './run.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    cases: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: 'Infinity' },
    /** A file that holds the number of the present case: if this process dies, its parent reads it. */
    at: { type: 'string' },
  },
});
const target = targets.find(({ name }) => name === values.target);
if (!target) throw new Error(`the targets are ${targets.map(({ name }) => name).join(', ')}`);
const file = values.at === undefined ? undefined : openSync(values.at, 'w');
const tally = await runCases(target, {
  seed: Number(values.seed),
  from: Number(values.from),
  cases: Number(values.cases),
  seconds: Number(values.seconds),
  ...(file !== undefined && { onCase: (at: number) => writeSync(file, String(at).padStart(12), 0) }),
});
process.stdout.write(JSON.stringify({ ...tally, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
