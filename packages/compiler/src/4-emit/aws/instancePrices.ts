// What EC2 types cost against each other, kept by hand, for the one purpose of putting those that i2kit chooses from in order.
//
// On demand, Linux, us-east-1, US dollars per hour; approximate, and other regions are dearer in much the same order. Within a
// family the price goes with the memory, so that one number says it; types with GPUs do not follow such a rule.
//
// Chosen from are families that nearly every region has in nearly every zone. Not here: t3a and m7i-flex (which lack in half or a
// quarter of all zones), g6 (in fewer regions than g5), p4d (which boots with BIOS only).

/** Family -> dollars per hour and GiB. */
const perGiB: Readonly<Record<string, number>> = {
  t3: 0.0104,
  t4g: 0.0084,
  m7i: 0.0126,
  m7g: 0.0102,
  c7i: 0.0223125,
  c7g: 0.018125,
  r6i: 0.007875,
  r7i: 0.00826875,
  r7g: 0.00669375,
};

/** Family -> dollars per hour by size. */
const gpuPrices: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  g4dn: { xlarge: 0.526, '2xlarge': 0.752, '4xlarge': 1.204, '8xlarge': 2.176, '12xlarge': 3.912, '16xlarge': 4.352 },
  g5: {
    xlarge: 1.006,
    '2xlarge': 1.212,
    '4xlarge': 1.624,
    '8xlarge': 2.448,
    '12xlarge': 5.672,
    '16xlarge': 4.096,
    '24xlarge': 8.144,
    '48xlarge': 16.288,
  },
  g5g: { xlarge: 0.42, '2xlarge': 0.556, '4xlarge': 0.828, '8xlarge': 1.372, '16xlarge': 2.744 },
  p5: { '4xlarge': 6.88, '48xlarge': 55.04 },
};

/** The families that a type is chosen from when the user names none. */
export const pricedFamilies: readonly string[] = [...Object.keys(perGiB), ...Object.keys(gpuPrices)];

/** Dollars per hour; absent where the type is not one to choose. A metal type costs the same and takes minutes longer to boot. */
export function priceOf(family: string, size: string, memoryMiB: number): number | undefined {
  if (size.startsWith('metal')) return undefined;
  const rate = perGiB[family];
  return rate === undefined ? gpuPrices[family]?.[size] : (rate * memoryMiB) / 1024;
}
