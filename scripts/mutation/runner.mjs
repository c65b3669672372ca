// A test runner for Stryker: loads the test files once, and runs only the tests that reach a mutant, quickest first.
//
// A mutant that is reached while modules are evaluated is also judged by a fresh process (fresh.mjs), in which it is there from the start.
import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ids, load, run } from './tests.mjs';

const space = () => (globalThis.__stryker__ ??= {});
const fresh = new URL('fresh.mjs', import.meta.url).pathname;

/** Loads the sources, then the tests, and says which mutants each load reaches. */
export async function loadAll({ sources, tests }) {
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
  for (const file of tests) await watch(file, () => load(relative(process.cwd(), file), pathToFileURL(file).href));
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

  remember({ times, covered, reached }) {
    this.times = times;
    this.loads = new Map();
    for (const [file, mutants] of Object.entries(reached))
      for (const id of mutants) this.loads.set(id, [...(this.loads.get(id) ?? []), file]);
    this.covering = new Map();
    for (const [test, mutants] of Object.entries(covered))
      for (const id of mutants) this.covering.set(id, [...(this.covering.get(id) ?? []), test]);
  }

  /** Runs every test; the slowest ones are left out of what follows, but for those that alone reach something. */
  async dryRun() {
    const coverage = { static: {}, perTest: {} };
    for (const mutants of Object.values(this.reached)) for (const id of mutants) coverage.static[id] = 1;
    const results = [];
    const times = {};
    Object.assign(space().mutantCoverage, { static: {}, perTest: coverage.perTest });
    let started = 0;
    await run(ids(), {
      start: (id) => {
        space().currentTestId = id;
        started = performance.now();
      },
      each: (id, error) => {
        times[id] = performance.now() - started;
        results.push(resultOf(id, times[id], error));
      },
    });
    space().currentTestId = undefined;
    const covered = Object.fromEntries(
      Object.entries(coverage.perTest).map(([id, mutants]) => [id, Object.keys(mutants)]),
    );
    const record = { times, covered, reached: this.reached };
    writeFileSync(this.settings.record, JSON.stringify(record));
    this.remember(record);
    return { status: 'complete', tests: results, mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant: { id }, hitLimit }) {
    const own = space();
    own.activeMutant = id;
    own.hitCount = 0;
    own.hitLimit = hitLimit;
    const all = (this.covering.get(id) ?? []).sort((a, b) => this.times[a] - this.times[b]);
    const quick = all.filter((test) => this.times[test] < this.settings.slowest);
    const chosen = quick.length > 0 ? quick : all;
    let killer;
    let count = 0;
    await run(chosen, {
      each: (test, error) => {
        count += 1;
        if (error) killer = { killedBy: [test], failureMessage: messageOf(error) };
        return !error;
      },
    });
    own.activeMutant = undefined;
    if (own.hitCount > hitLimit) return { status: 'timeout', reason: `reached ${own.hitCount} times, of ${hitLimit}` };
    const files = this.loads.get(id);
    if (!killer && files) {
      const found = await runFresh({ ...this.settings, id, files });
      count += found.count;
      if (found.test) killer = { killedBy: [found.test], failureMessage: found.message };
    }
    return killer ? { status: 'killed', nrOfTests: count, ...killer } : { status: 'survived', nrOfTests: count };
  }
}

const resultOf = (id, timeSpentMs, error) => ({
  id,
  name: id,
  timeSpentMs,
  ...(error ? { status: 1, failureMessage: messageOf(error) } : { status: 0 }),
});

const messageOf = (error) => String(error?.stack ?? error).slice(0, 2000);

/** The same in a new process: `files` are the test files whose load reaches the mutant, or '' for the sources. */
function runFresh({ id, files, sources, tests, slowest, record }) {
  return new Promise((done, fail) => {
    const chosen = files.includes('') ? tests : files;
    const child = fork(fresh, { execArgv: process.execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    let answer;
    child.on('message', (message) => {
      answer = message;
    });
    // A mutant that ends the process, or keeps it from loading, is noticed by that.
    child.on('close', (code) => done(answer ?? { count: 0, test: chosen[0], message: `ended with ${code}` }));
    child.on('error', fail);
    child.send({ id, sources, tests: chosen, slowest, record });
  });
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'i2kit', injectableClass: Runner }];
