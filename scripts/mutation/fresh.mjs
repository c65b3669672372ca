// Runs tests in a process in which a mutant is switched on from the start, and sends the first failure to its parent.
import { readFileSync } from 'node:fs';
import { affordable, loadAll } from './runner.mjs';
import { ids, run } from './tests.mjs';

process.on('disconnect', () => process.exit());
process.once('message', async ({ id, hitLimit, budget, record, ...files }) => {
  globalThis.__stryker__ = { activeMutant: id, hitCount: 0, hitLimit };
  let answer = { count: 0 };
  try {
    await loadAll(files);
    const { times } = JSON.parse(readFileSync(record, 'utf8'));
    await run(affordable(ids(), times, budget), {
      each: (test, error) => {
        answer = { count: answer.count + 1, ...(error && { test, message: textOf(error) }) };
        return !error;
      },
    });
  } catch (error) {
    answer = { count: 0, test: files.tests[0], message: textOf(error) };
  }
  process.send(answer, () => process.exit());
});

const textOf = (error) => String(error?.stack ?? error).slice(0, 2000);
