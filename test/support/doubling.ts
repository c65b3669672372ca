// Whether work grows with its input: how much longer twice the input takes, in processor time of this process.
import { performance } from 'node:perf_hooks';

/** Less cannot be told from noise, in seconds. */
const shortest = 0.3;

/**
 * The least ratio of 2n to n, of at most five pairs of measurements in a minute: the garbage collector and a busy machine
 * lengthen single runs, so one pair below `enough` decides.
 */
export async function doublingRatio(
  work: (input: string) => unknown,
  inputOf: (n: number) => string,
  n: number,
  enough: number,
): Promise<number> {
  const ratios: number[] = [];
  const until = performance.now() + 60_000;
  while (ratios.length < 5 && performance.now() < until && !(Math.min(...ratios) < enough)) {
    const [once, twice] = [await secondsOf(work, inputOf(n)), await secondsOf(work, inputOf(2 * n))];
    ratios.push(twice < shortest ? 1 : twice / once);
  }
  return Math.min(...ratios);
}

async function secondsOf(work: (input: string) => unknown, input: string): Promise<number> {
  const began = process.cpuUsage();
  await work(input);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}
