// The environment of a test file: jest's for Node, without two costs that grow with the work of a test.
//
// 1. Jest's global object is behind a proxy and an interceptor, so that each `Math`, `Map` or `JSON` of a test costs some 20 times as much
//    as in a program. Node can make a plain one.
// 2. jest-circus starts an AsyncLocalStorage for every test file and never ends it; each of them slows down every promise that this
//    process makes afterwards.
const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const { createContext, constants } = vm;
const plainContext = () => createContext(constants.DONT_CONTEXTIFY);

const started = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  started.add(this);
  return run.apply(this, args);
};

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    // Absent before Node 20.18.
    if (constants?.DONT_CONTEXTIFY) vm.createContext = plainContext;
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }

  async teardown() {
    for (const storage of started) storage.disable();
    started.clear();
    await super.teardown();
  }
};
