// A short soak in the double: cycles of apply, change and destroy with faults and kills break no invariant. `npm run soak`
// runs thousands.
import { soak } from './soak.ts';

const cycles = Number(process.env['I2KIT_SOAK_CYCLES'] ?? 40);
const seed = Number(process.env['I2KIT_TEST_SEED'] ?? 1);

test(`${cycles} cycles: nothing is left, no volume is lost, the lease is freed`, async () => {
  const { figures, violations } = await soak(cycles, seed);
  console.info(JSON.stringify(figures));
  expect(violations).toEqual([]);
  expect(figures.struck).toBeGreaterThan(cycles);
  expect(figures.killed).toBeGreaterThan(cycles / 20);
  expect(figures.volumes).toBeGreaterThan(cycles / 2);
});

test('a volume that a deletion destroys is seen', async () => {
  const { violations } = await soak(2, seed, 'Delete');
  expect(violations).toEqual(expect.arrayContaining([expect.stringMatching(/the volume Disk0 was destroyed/)]));
});
