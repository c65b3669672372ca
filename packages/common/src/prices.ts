// List prices of all that is not a machine, by region: US dollars, before tax and discounts.
import { priceColumns, regionalPrices } from './generated/regionalPrices.ts';

export { pricesAsOf } from './generated/regionalPrices.ts';

/** The hours that AWS counts to a month in its examples. */
export const hoursPerMonth = 730;

/** The region whose prices are complete; the others cost about as much or more. */
export const referenceRegion = 'us-east-1';

/** Dollars by the column of the table: an hour of a `load balancer`, a month of a `gp3 GB`; undefined if the table has none. */
export function listPrice(what: string, region: string): number | undefined {
  const row = Object.hasOwn(regionalPrices, region) ? regionalPrices[region] : undefined;
  return row?.[priceColumns.indexOf(what)];
}

export interface VolumePricing {
  /** EBS volume type, e.g. `gp3`. */
  readonly type: string;
  readonly sizeGiB: number;
  /** Provisioned (default: those of the type). */
  readonly iops?: number | undefined;
  /** MiB/s (default: that of the type). */
  readonly throughput?: number | undefined;
}

/** The performance of a gp3 volume without a charge. */
const includedInGp3 = { iops: 3_000, throughput: 125 };

/**
 * Dollars a month of a volume's storage and of its provisioned speed; undefined where the table lacks the price. The lower price of
 * io2 above 32,000 IOPS is left out.
 */
export function monthlyVolumePrice(volume: VolumePricing, region: string): { storage?: number; speed?: number } {
  const { type, sizeGiB, iops = 0, throughput = 0 } = volume;
  const included = type === 'gp3' ? includedInGp3 : { iops: 0, throughput: 0 };
  const storage = product(sizeGiB, listPrice(`${type} GB`, region));
  const byIops = product(Math.max(0, iops - included.iops), listPrice(`${type} IOPS`, region));
  const byThroughput = product(Math.max(0, throughput - included.throughput), listPrice(`${type} MiB/s`, region));
  const speed = byIops === undefined || byThroughput === undefined ? undefined : byIops + byThroughput;
  return { ...(storage !== undefined && { storage }), ...(speed !== undefined && { speed }) };
}

/** Nothing costs nothing, whatever its price is. */
const product = (amount: number, price: number | undefined): number | undefined =>
  amount === 0 ? 0 : price === undefined ? undefined : amount * price;
