// Runs the tests again and again, some of the times on a machine that is kept busy, and names those that failed at least once.
//
// node scripts/repeat.mjs [--times 10] [--busy 3] [paths and other words for jest]
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '10' }, busy: { type: 'string', default: '3' } },
});
const times = Number(values.times);
const busyFrom = times - Number(values.busy);
const folder = mkdtempSync(join(tmpdir(), 'i2kit-repeat-'));
const report = join(folder, 'report.json');

/** Two processes for each processor that do nothing but take time; they end with this one, too. */
function keepBusy() {
  const loop =
    'process.stdin.on("end", () => process.exit()).resume(); (function turn() { for (let i = 0; i < 1e7; i++); setImmediate(turn); })();';
  const all = Array.from({ length: 2 * cpus().length }, () =>
    spawn(process.execPath, ['-e', loop], { stdio: ['pipe', 'ignore', 'ignore'] }),
  );
  return () => {
    for (const one of all) one.kill('SIGKILL');
  };
}

/** Failed tests of the last run, by file and name; a file that could not run counts as one. */
function failures(status) {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return testResults.flatMap(({ name, status: whole, message, assertionResults }) => {
      const failed = assertionResults.filter((one) => one.status === 'failed');
      const file = relative(root, name);
      if (failed.length === 0) return whole === 'failed' ? [{ name: file, message }] : [];
      return failed.map(({ fullName, failureMessages }) => ({
        name: `${file}: ${fullName}`,
        message: failureMessages.join('\n'),
      }));
    });
  } catch {
    return status === 0 ? [] : [{ name: 'the run', message: `it ended with ${status}, without a report` }];
  }
}

const counts = new Map();
try {
  for (let turn = 0; turn < times; turn++) {
    const isBusy = turn >= busyFrom;
    const calm = isBusy ? keepBusy() : () => {};
    rmSync(report, { force: true });
    const began = Date.now();
    const { status } = spawnSync(process.execPath, [join(root, 'scripts/test.mjs'), '--silent', ...positionals], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, I2KIT_TEST_REPORT: report },
    });
    calm();
    const failed = failures(status);
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(
      `${turn + 1} of ${times}${isBusy ? ' (busy)' : ''}: ${status === 0 ? 'passed' : `${failed.length} failed`}, ${seconds} s`,
    );
    for (const { name, message } of failed) {
      if (!counts.has(name)) console.log(`  ${name}\n${message.replace(/^/gm, '    ').slice(0, 2000)}`);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a))
  console.log(`failed ${count} of ${times} times: ${name}`);
