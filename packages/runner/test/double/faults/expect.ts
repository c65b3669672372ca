// What a run must come to where a fault changes it.
import type { Case, Expectation } from '../hook.ts';

/** The calls that begin something. */
export const beginners = ['executeChangeSet', 'deleteStack', 'continueUpdateRollback'];

export const asBase = ({ scenario }: Case): Expectation => ({ exits: [scenario.exit], says: scenario.says });
export const either =
  (...exits: number[]) =>
  ({ scenario }: Case): Expectation => ({ exits: [...exits, scenario.exit] });
/** What is true of a run that can no longer see. */
export const blind =
  (why: string) =>
  (it: Case): Expectation => {
    if (it.over) return { exits: [it.scenario.exit, 5, ...(it.scenario.name === 'remake' ? [3] : [])] };
    return it.begun
      ? { exits: [5], says: new RegExp(`${why}.*go on watching with: i2kit`) }
      : { exits: [3], says: new RegExp(`${why}.*Nothing was started`) };
  };
