// Measures whole processes in turns: each round runs every case once, so that noise affects all cases alike.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const spawner = fileURLToPath(new URL('spawn.py', import.meta.url));
const python = process.env.PYTHON ?? 'python3';
const hasPython = spawnSync(python, ['-c', '']).status === 0;
const patience = 180_000;

/** A case that takes longer than this runs once. */
const long = 15_000;

/**
 * Results in the order of the cases: medians of wall time, processor time and peak memory, and the programs' output.
 */
export function inTurns(cases, rounds) {
  // The first round fills caches and is not counted, except for cases that run once.
  const first = cases.map((one) => once(one));
  const runs = first.map((run) => (run.wall > long ? [run] : []));
  for (let round = 0; round < rounds; round++) {
    cases.forEach((one, index) => {
      if (first[index].failed === undefined && !(first[index].wall > long)) runs[index].push(once(one));
    });
  }
  return runs.map((all, index) => {
    const { failed } = first[index];
    if (failed !== undefined) return { failed };
    const of = (what) => (all[0][what] === undefined ? undefined : median(all.map((run) => run[what])));
    return {
      wall: of('wall'),
      cpu: of('cpu'),
      memory: of('memory'),
      printed: all.map(({ stdout }) => stdout),
      once: first[index].wall > long,
    };
  });
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Milliseconds and megabytes. Node does not report a child's resource use; Python does. Without Python there is only
 * wall time.
 */
function once({ command, cwd, fine = [0] }) {
  const options = {
    cwd,
    encoding: 'utf8',
    timeout: patience,
    maxBuffer: 2 ** 28,
    env: { ...process.env, NO_COLOR: '1' },
  };
  const started = process.hrtime.bigint();
  const { status, stdout, stderr, error } = hasPython
    ? spawnSync(python, [spawner, ...command], options)
    : spawnSync(command[0], command.slice(1), options);
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  if (error !== undefined)
    return { failed: error.code === 'ETIMEDOUT' ? `took over ${patience / 1000} s` : error.message };
  if (!hasPython) return fine.includes(status) ? { wall, stdout } : { failed: failure(status, stderr) };
  const [used, rest] = [stdout.slice(0, stdout.indexOf('\n')), stdout.slice(stdout.indexOf('\n') + 1)];
  const { status: theirs, ...measured } = JSON.parse(used);
  return fine.includes(theirs) ? { ...measured, stdout: rest } : { failed: failure(theirs, stderr) };
}

const failure = (status, stderr) => `exit ${status}: ${stderr.trim().split('\n').at(-1) ?? ''}`;
