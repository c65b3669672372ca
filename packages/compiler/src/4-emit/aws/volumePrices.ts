// What EBS volumes cost, kept by hand, for one purpose: to say what disks cost that nothing uses.
//
// US dollars a month, us-east-1, November 2026; approximate, and other regions are somewhat dearer.
// https://aws.amazon.com/ebs/pricing/
import type { VolumeSpec, VolumeType } from '../../plan.ts';

const perGiB: Readonly<Record<VolumeType, number>> = {
  gp2: 0.1,
  gp3: 0.08,
  io1: 0.125,
  io2: 0.125,
  st1: 0.045,
  sc1: 0.015,
};

/** Of gp3, what is over 3,000 operations and 125 MiB/s; of io2 it falls with their number, which is passed over. */
const perIops: Readonly<Partial<Record<VolumeType, number>>> = { gp3: 0.005, io1: 0.065, io2: 0.065 };
const perMiB = 0.04;

/** US dollars a month. */
export function monthlyVolumePrice({ type, sizeGiB, iops = 0, throughput = 0 }: VolumeSpec): number {
  const free = type === 'gp3' ? { iops: 3000, throughput: 125 } : { iops: 0, throughput: 0 };
  const speed =
    Math.max(0, iops - free.iops) * (perIops[type] ?? 0) + Math.max(0, throughput - free.throughput) * perMiB;
  return sizeGiB * perGiB[type] + speed;
}
