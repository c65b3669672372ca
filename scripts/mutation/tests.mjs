// Loads test files that are written for jest into one process and runs chosen tests of them, again and again.
//
// Jest evaluates every module again in each run, which takes seconds; a mutant that is switched on at run time needs only its tests.

import { expect } from 'expect';
import { bind } from 'jest-each';

/** @typedef {{ title: string, parent?: Suite, before: Function[], after: Function[], beforeEach: Function[], afterEach: Function[] }} Suite */

const tests = new Map();
let current;

const suiteOf = (title, parent) => ({ title, parent, before: [], after: [], beforeEach: [], afterEach: [] });

function describe(title, body) {
  current = suiteOf(`${current.title} › ${title}`, current);
  try {
    body();
  } finally {
    current = current.parent;
  }
}

function test(title, body) {
  const name = `${current.title} › ${title}`;
  let id = name;
  for (let again = 2; tests.has(id); again += 1) id = `${name} (${again})`;
  tests.set(id, { id, body, suite: current });
}

const nothing = Object.assign(() => {}, { each: () => () => {} });
const withEach = (call, supportsDone) =>
  Object.assign(call, { each: (...table) => bind(call, supportsDone)(...table), skip: nothing });

Object.assign(globalThis, {
  expect,
  describe: withEach(describe, false),
  test: withEach(test, false),
  it: withEach(test, false),
  beforeAll: (body) => current.before.push(body),
  afterAll: (body) => current.after.push(body),
  beforeEach: (body) => current.beforeEach.push(body),
  afterEach: (body) => current.afterEach.push(body),
});

/** Registers the tests of a file, or every so manieth. */
export async function load(name, url, oneIn = 1) {
  current = suiteOf(name);
  const before = tests.size;
  await import(url);
  [...tests.keys()].slice(before).forEach((id, at) => {
    if (at % oneIn !== 0) tests.delete(id);
  });
}

export const ids = () => [...tests.keys()];

const chain = (suite) => (suite === undefined ? [] : [...chain(suite.parent), suite]);

/**
 * Runs these tests in this order; `each` gets the error or undefined, and ends the run by returning false. Hooks around all tests of a
 * suite run once a run.
 */
export async function run(chosen, { start = () => {}, each }) {
  const entered = new Set();
  const failed = new Map();
  const enter = async (suite) => {
    if (entered.has(suite)) return;
    entered.add(suite);
    for (const hook of suite.before) await hook();
  };
  for (const id of chosen) {
    const { body, suite } = tests.get(id);
    const suites = chain(suite);
    let error = suites.map((one) => failed.get(one)).find(Boolean);
    start(id);
    try {
      if (error) throw error;
      for (const one of suites)
        await enter(one).catch((hookError) => failed.set(one, hookError) && Promise.reject(hookError));
      for (const one of suites) for (const hook of one.beforeEach) await hook();
      try {
        await body();
      } finally {
        for (const one of suites.toReversed()) for (const hook of one.afterEach) await hook();
      }
      error = undefined;
    } catch (thrown) {
      error = thrown ?? new Error('threw nothing');
    }
    if (each(id, error) === false) break;
  }
  for (const suite of [...entered].toReversed()) for (const hook of suite.after) await hook();
}
