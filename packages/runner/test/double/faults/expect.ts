// Expected outcomes that a fault changes.
import type { Expectation, FaultCase } from '../faultHook.ts';

/** The calls that start an operation. */
export const startingCalls = ['executeChangeSet', 'deleteStack', 'continueUpdateRollback'];

export const sameAsWithoutFault = ({ scenario }: FaultCase): Expectation => ({
  exits: [scenario.exit],
  says: scenario.says,
});
export const anyExitOf =
  (...exits: number[]) =>
  ({ scenario }: FaultCase): Expectation => ({ exits: [...exits, scenario.exit] });
/** The truth about a run that can no longer read the state. */
export const cannotSee =
  (why: string) =>
  (it: FaultCase): Expectation => {
    if (it.over) return { exits: [it.scenario.exit, 5, ...(it.scenario.name === 'remake' ? [3] : [])] };
    return it.begun
      ? { exits: [5], says: new RegExp(`${why}.*resume watching with: i2kit`) }
      : { exits: [3], says: new RegExp(`${why}.*Nothing was started`) };
  };
