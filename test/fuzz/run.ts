// Runs cases of a target and measures them: what broke, the slowest case, and what became of the cases.
import { randomOf } from './random.ts';
import type { Fate, Target } from './targets.ts';

export interface Breach {
  readonly target: string;
  readonly seed: number;
  readonly at: number;
  readonly what: string;
}

export interface Tally {
  readonly target: string;
  cases: number;
  seconds: number;
  /** Seconds of processor time of the slowest case, and its number. */
  slowest: number;
  slowestAt: number;
  readonly fates: Partial<Record<Fate, number>>;
  readonly breaches: Breach[];
}

/** No case may take longer: all are smaller than 64 KB. */
const longest = 1;

interface Plan {
  readonly seed: number;
  readonly from: number;
  /** Ends after so many cases, or seconds. */
  readonly cases: number;
  readonly seconds: number;
  /** Called before each case. */
  readonly onCase?: (at: number) => void;
}

export async function runCases(target: Target, { seed, from, cases, seconds, onCase }: Plan): Promise<Tally> {
  const tally: Tally = {
    target: target.name,
    cases: 0,
    seconds: 0,
    slowest: 0,
    slowestAt: from,
    fates: {},
    breaches: [],
  };
  const breach = (at: number, what: string) => tally.breaches.push({ target: target.name, seed, at, what });
  const start = performance.now();
  for (let at = from; at < from + cases && tally.seconds < seconds; at += 1) {
    onCase?.(at);
    try {
      const { taken, fate } = await timed(target, seed, at);
      tally.fates[fate] = (tally.fates[fate] ?? 0) + 1;
      if (taken > tally.slowest) Object.assign(tally, { slowest: taken, slowestAt: at });
      if (taken > longest) {
        // Collecting garbage and compiling code count as time, too: a slow case is slow again.
        const again = Math.min(taken, (await timed(target, seed, at)).taken, (await timed(target, seed, at)).taken);
        if (again > longest) breach(at, `takes ${again.toFixed(1)} s`);
      }
    } catch (error) {
      breach(at, error instanceof Error ? `${error.stack}` : String(error));
    }
    tally.cases += 1;
    tally.seconds = (performance.now() - start) / 1000;
  }
  return tally;
}

/** The processor time of a case: the machine may be busy with something else. */
async function timed(target: Target, seed: number, at: number): Promise<{ taken: number; fate: Fate }> {
  const started = process.cpuUsage();
  const fate = await target.run(randomOf(seed, at));
  const { user, system } = process.cpuUsage(started);
  return { taken: (user + system) / 1e6, fate };
}
