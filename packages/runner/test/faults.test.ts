// The fault table: every fault at the calls of every operation, judged by the true events. A waiting run makes the
// same two calls again and again: the five main operations get faults at the first two calls and the last one of each
// kind, the others at the first; the long mode at every call.
import * as runner from '../src/index.ts';
import { faults } from './double/faults.ts';
import { playScenario } from './double/play.ts';
import { scenarios } from './double/scenarios.ts';
import { targetsOf } from './double/targets.ts';
import { violationsOf } from './double/violations.ts';

const main = ['create', 'update', 'no-op', 'delete', 'rollback'];

const plain = await Promise.all(
  scenarios.map(async (scenario) => ({ scenario, base: await playScenario(runner, scenario) })),
);

describe('without faults', () => {
  test.each(scenarios)('$name', async (scenario) => {
    const base = await playScenario(runner, scenario);
    expect(violationsOf(base, scenario)).toEqual([]);
    expect(base.runs[0]?.result?.status ?? base.runs[0]?.stack?.status).toBe(scenario.status);
  });
});

const table = plain.flatMap(({ scenario, base }) =>
  faults.flatMap((row) => {
    if (scenario.undisturbed) return [];
    const telling = main.includes(scenario.name) ? 'telling' : 'first';
    const targets = targetsOf(base, row, process.env['I2KIT_TEST_LONG'] === '1' ? 'every' : telling);
    return targets.length > 0 ? [{ scenario, row, targets, name: `${scenario.name}: ${row.name}` }] : [];
  }),
);

test('there are as many cases as there should be', () => {
  const cases = table.reduce((sum, each) => sum + each.targets.length, 0);
  expect(faults.length).toBeGreaterThanOrEqual(24);
  expect(cases).toBeGreaterThanOrEqual(360);
});

describe.each(table)('$name', ({ scenario, row, targets }) => {
  test.each(targets)('call $at, $api', async ({ at }) => {
    expect(violationsOf(await playScenario(runner, scenario, row, at), scenario, row)).toEqual([]);
  });
});
