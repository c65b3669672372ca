// A test runner for Stryker: loads the test files once, and runs only the tests that reach a mutant, quickest first.
//
// A mutant that is reached only while modules are evaluated is judged by a fresh process (fresh.mjs), in which it is there from the start.
import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ids, load, run } from './tests.mjs';

const space = () => (globalThis.__stryker__ ??= {});
const fresh = new URL('fresh.mjs', import.meta.url).pathname;

/** Loads the sources, then the tests, and says which mutants each load reaches. */
export async function loadAll({ sources, tests, oneTestIn }) {
  const reached = {};
  const watch = async (name, work) => {
    // Instrumented files keep this object, but not its parts.
    space().mutantCoverage ??= { static: {}, perTest: {} };
    const coverage = space().mutantCoverage;
    coverage.static = {};
    await work();
    reached[name] = Object.keys(coverage.static);
  };
  await watch('', async () => {
    for (const file of sources) await import(pathToFileURL(file).href);
  });
  for (const file of tests) {
    const name = relative(process.cwd(), file);
    await watch(file, () => load(name, pathToFileURL(file).href, oneTestIn[name]));
  }
  return reached;
}

class Runner {
  static inject = ['options'];

  constructor({ i2kit }) {
    this.settings = i2kit;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    space().activeMutant = undefined;
    this.reached = await loadAll(this.settings);
    if (existsSync(this.settings.record)) this.remember(JSON.parse(readFileSync(this.settings.record, 'utf8')));
  }

  remember({ times, covered, reached, hits }) {
    Object.assign(this, { times, covered, hits });
    this.loads = new Map();
    for (const [file, mutants] of Object.entries(reached))
      for (const id of mutants) this.loads.set(id, [...(this.loads.get(id) ?? []), file]);
    this.covering = new Map();
    for (const [test, mutants] of Object.entries(covered))
      for (const id of mutants) this.covering.set(id, [...(this.covering.get(id) ?? []), test]);
  }

  /** Runs every test, and keeps the processor time of each and the mutants that it reaches; another sample of the same sources needs no second run. */
  async dryRun() {
    if (this.times && this.settings.again) {
      const perTest = mapValues(this.covered, (mutants) => Object.fromEntries(mutants.map((id) => [id, 1])));
      const reached = Object.values(this.reached).flatMap((mutants) => mutants.map((id) => [id, 1]));
      const tests = Object.entries(this.times).map(([id, time]) => resultOf(id, time));
      return { status: 'complete', tests, mutantCoverage: { static: Object.fromEntries(reached), perTest } };
    }
    const coverage = { static: {}, perTest: {} };
    for (const mutants of Object.values(this.reached)) for (const id of mutants) coverage.static[id] = 1;
    const results = [];
    const times = {};
    Object.assign(space().mutantCoverage, { static: {}, perTest: coverage.perTest });
    let started;
    await run(ids(), {
      start: (id) => {
        space().currentTestId = id;
        started = process.cpuUsage();
      },
      each: (id, error) => {
        times[id] = process.cpuUsage(started).user / 1000;
        results.push(resultOf(id, times[id], error));
      },
    });
    space().currentTestId = undefined;
    const covered = Object.fromEntries(
      Object.entries(coverage.perTest).map(([id, mutants]) => [id, Object.keys(mutants)]),
    );
    const hits = {};
    for (const counts of Object.values(coverage.perTest))
      for (const [id, count] of Object.entries(counts)) hits[id] = (hits[id] ?? 0) + count;
    const record = { times, covered, reached: this.reached, hits };
    writeFileSync(this.settings.record, JSON.stringify(record));
    this.remember(record);
    return { status: 'complete', tests: results, mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant: { id } }) {
    const own = space();
    // Code that runs far more often than in all tests does not end.
    const hitLimit = 20 * (this.hits[id] ?? 0) + 10_000;
    Object.assign(own, { activeMutant: id, hitCount: 0, hitLimit });
    let killer;
    let count = 0;
    const judged = run(affordable(this.covering.get(id) ?? [], this.times, this.settings.budget), {
      each: (test, error) => {
        count += 1;
        if (error) killer = { killedBy: [test], failureMessage: messageOf(error) };
        return !error;
      },
    });
    if (!(await isDoneWithin(judged, patience))) {
      // Work that still waits in this process would disturb the next run: Stryker starts another process.
      setImmediate(() => process.exit());
      return { status: 'timeout', reason: 'it waits for ever' };
    }
    own.activeMutant = undefined;
    if (own.hitCount > hitLimit) return { status: 'timeout', reason: `reached more than ${hitLimit} times` };
    const files = this.loads.get(id);
    if (!killer && files && (files.includes('') || !this.covering.has(id))) {
      const found = await runFresh({ ...this.settings, id, files, hitLimit });
      if (found.timeout) return { status: 'timeout', reason: found.timeout };
      count += found.count;
      if (found.test) killer = { killedBy: [found.test], failureMessage: found.message };
    }
    return killer ? { status: 'killed', nrOfTests: count, ...killer } : { status: 'survived', nrOfTests: count };
  }
}

/** Milliseconds, on a machine that does other things, too. */
const patience = 30_000;

function isDoneWithin(work, limit) {
  let timer;
  const late = new Promise((done) => {
    timer = setTimeout(done, limit, false);
  });
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

/** The quickest tests, as many as take no longer together than the budget, and one at least. */
export function affordable(tests, times, budget) {
  const timeOf = (test) => times[test] ?? 0;
  let left = budget;
  return tests
    .toSorted((a, b) => timeOf(a) - timeOf(b))
    .filter((test, at) => {
      left -= timeOf(test);
      return at === 0 || left >= 0;
    });
}

const mapValues = (entries, of) => Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, of(value)]));

const resultOf = (id, timeSpentMs, error) => ({
  id,
  name: id,
  timeSpentMs,
  ...(error ? { status: 1, failureMessage: messageOf(error) } : { status: 0 }),
});

const messageOf = (error) => String(error?.stack ?? error).slice(0, 2000);

/** The same in a new process: `files` are the test files whose load reaches the mutant, or '' for the sources. */
function runFresh({ files, tests, ...settings }) {
  return new Promise((done, fail) => {
    const chosen = files.includes('') ? tests : files;
    const child = fork(fresh, { execArgv: process.execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    let answer;
    child.on('message', (message) => {
      answer = message;
    });
    // A mutant that ends the process, or keeps it from loading, is noticed by that.
    const timer = setTimeout(() => {
      answer ??= { timeout: 'it does not end' };
      child.kill('SIGKILL');
    }, 3 * patience);
    child.on('close', (code) => {
      clearTimeout(timer);
      done(answer ?? { count: 0, test: chosen[0], message: `ended with ${code}` });
    });
    child.on('error', fail);
    child.send({ ...settings, tests: chosen });
  });
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'i2kit', injectableClass: Runner }];
