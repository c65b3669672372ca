// Stands in for fast-check in tests (jest.config.ts maps the name): one fixed seed, or with I2KIT_TEST_LONG=1 ten times the runs from a new one.
import fc from '../../node_modules/fast-check/lib/fast-check.js';

const long = process.env['I2KIT_TEST_LONG'] === '1';
/** scripts/jest.mjs chooses it, and reports it, in the long mode. */
const seed = Number(process.env['I2KIT_TEST_SEED'] ?? 1);

fc.configureGlobal({ seed });

const assert: typeof fc.assert = ((property: never, parameters: fc.Parameters<unknown> = {}) =>
  fc.assert(
    property,
    long ? { ...parameters, numRuns: 10 * (parameters.numRuns ?? 100) } : parameters,
  )) as typeof fc.assert;

export default { ...fc, assert };
