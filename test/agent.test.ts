// Runs the agent's own tests, which check it against the compiler's contract; without Go they are skipped with a
// message.
import { spawnSync } from 'node:child_process';

const cwd = new URL('../packages/agent', import.meta.url).pathname;
const hasGo = spawnSync('go', ['version']).status === 0;
if (!hasGo) process.stderr.write('SKIPPED the agent: there is no go on PATH\n');

(hasGo ? test : test.skip)(
  "the agent's tests pass",
  () => {
    const { status, stdout, stderr } = spawnSync('go', ['test', './...'], { cwd, encoding: 'utf8' });
    expect(status === 0 ? '' : stdout + stderr).toBe('');
  },
  600_000,
);
