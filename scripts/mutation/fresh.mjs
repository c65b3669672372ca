// Runs tests in a process in which a mutant is switched on from the start, and sends the first failure to its parent.
import { readFileSync } from 'node:fs';
import { loadAll } from './runner.mjs';
import { ids, run } from './tests.mjs';

process.on('disconnect', () => process.exit());
process.once('message', async ({ id, sources, tests, slowest, record }) => {
  globalThis.__stryker__ = { activeMutant: id };
  let answer = { count: 0 };
  try {
    await loadAll({ sources, tests });
    const { times } = JSON.parse(readFileSync(record, 'utf8'));
    const chosen = ids().filter((test) => (times[test] ?? 0) < slowest);
    await run(
      chosen.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0)),
      {
        each: (test, error) => {
          answer = {
            count: answer.count + 1,
            ...(error && { test, message: String(error.stack ?? error).slice(0, 2000) }),
          };
          return !error;
        },
      },
    );
  } catch (error) {
    answer = { count: 0, test: tests[0], message: String(error?.stack ?? error).slice(0, 2000) };
  }
  process.send(answer, () => process.exit());
});
