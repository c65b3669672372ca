// The fault table must catch runners that break a promise: it is run against each mutant.
import * as real from '../src/index.ts';
import { faults } from './double/faults.ts';
import { buildMutant, mutants } from './double/mutants.ts';
import { playScenario } from './double/play.ts';
import { scenarios } from './double/scenarios.ts';
import { targetsOf } from './double/targets.ts';
import { violationsOf } from './double/violations.ts';

test.each(mutants)('$name', async (mutant) => {
  const { runner, drop } = await buildMutant(mutant);
  try {
    const scenario = scenarios.find((each) => each.name === mutant.scenario);
    const row = faults.find((each) => each.name === mutant.fault);
    if (!scenario || (mutant.fault && !row)) throw new Error('no such scenario or fault');
    const caught: string[] = [];
    if (!row) caught.push(...violationsOf(await playScenario(runner, scenario), scenario));
    else {
      // Faults are aimed by the calls of the real runner: the mutant may not come so far.
      const targets = targetsOf(await playScenario(real, scenario), row, 'every');
      for (const { at } of targets) {
        caught.push(...violationsOf(await playScenario(runner, scenario, row, at), scenario, row));
        if (caught.length > 0) break;
      }
    }
    expect(caught).not.toEqual([]);
  } finally {
    drop();
  }
});
