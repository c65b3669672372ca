// A short run of each target of scripts/fuzz.mjs: nothing throws, takes long or differs, and every change of a template has an effect.
import { runCases } from '../fuzz/run.ts';
import { targets } from '../fuzz/targets.ts';

const long = process.env['I2KIT_TEST_LONG'] === '1';
const seed = Number(process.env['I2KIT_TEST_SEED'] ?? 1);

test.each(targets)('$name', async (target) => {
  const { breaches, fates } = await runCases(target, { seed, from: 0, cases: long ? 5000 : 200, seconds: Infinity });
  expect(breaches).toEqual([]);
  // Some are accepted, or nothing would be shown.
  expect((fates.compiled ?? 0) + (fates.reviewed ?? 0)).toBeGreaterThan(5);
});

test('a case is the same again, and a broken invariant is found', async () => {
  const seen: number[] = [];
  const run = (broken: number) =>
    runCases(
      {
        name: 'own',
        run: (random) => {
          const value = random.below(1000);
          seen.push(value);
          if (value === broken) throw new Error('broken');
          return 'compiled';
        },
      },
      { seed: 7, from: 3, cases: 20, seconds: Infinity },
    );
  await run(-1);
  const { breaches } = await run(seen[5] as number);
  expect(seen.slice(0, 20)).toEqual(seen.slice(20));
  expect(new Set(seen).size).toBeGreaterThan(15);
  expect(breaches[0]).toMatchObject({ target: 'own', seed: 7, at: 8 });
});
