// List prices by region, and the price of a volume with its speed.
import { listPrice, monthlyVolumePrice, pricesAsOf } from '../src/index.ts';

test('a price is that of its region; unknown regions and things have none', () => {
  expect(listPrice('load balancer', 'us-east-1')).toBe(0.0225);
  expect(listPrice('load balancer', 'sa-east-1')).toBe(0.034);
  expect(listPrice('gp3 GB', 'eu-west-1')).toBe(0.088);
  for (const region of ['', 'mars-north-1', 'constructor', '__proto__'])
    expect(listPrice('gp3 GB', region)).toBeUndefined();
  expect(listPrice('gold', 'us-east-1')).toBeUndefined();
  expect(pricesAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('a gp3 volume pays for the speed above what is included', () => {
  const gp3 = (more: object) => monthlyVolumePrice({ type: 'gp3', sizeGiB: 100, ...more }, 'us-east-1');
  expect(gp3({})).toEqual({ storage: 8, speed: 0 });
  expect(gp3({ iops: 3_000, throughput: 125 })).toEqual({ storage: 8, speed: 0 });
  expect(gp3({ iops: 4_000, throughput: 225 })).toEqual({ storage: 8, speed: 1_000 * 0.005 + 100 * 0.04 });
});

test('a provisioned volume pays for all of its speed, and a missing price is missing', () => {
  const io2 = { type: 'io2', sizeGiB: 200, iops: 4_000 };
  expect(monthlyVolumePrice(io2, 'us-east-1')).toEqual({ storage: 25, speed: 260 });
  expect(monthlyVolumePrice(io2, 'eu-west-1')).toEqual({ storage: 200 * 0.138 });
  expect(monthlyVolumePrice(io2, 'mars-north-1')).toEqual({});
});
