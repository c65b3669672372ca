// A checker for Stryker that leaves out all mutants but an even sample: every so manieth in the order of files and places.

class Sample {
  static inject = ['options'];

  constructor({ i2kit }) {
    this.settings = i2kit;
  }

  async init() {}

  async check(mutants) {
    const { oneIn, first } = this.settings;
    return Object.fromEntries(
      mutants.map(({ id }) => [
        id,
        Number(id) % oneIn === first ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]),
    );
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: Sample }];
