// List prices, looked up: US dollars, before tax and discounts.
import { instancePrices } from '../generated/prices.ts';
import { regionalPrices } from './regional.ts';

/** Dollars an hour of a machine, on demand with Linux; undefined where the table has none. */
export function hourly(type: string, region: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  const [first = '', ...others] = Object.hasOwn(instancePrices, family) ? (instancePrices[family] ?? '').split('; ') : [];
  const base = row(first);
  if (base.region === region) return base.sizes.get(size);
  const found = others.map(row).find((each) => each.region === region);
  if (!found) return undefined;
  // A size that the region lacks is there without a price.
  if (found.sizes.has(size)) return found.sizes.get(size);
  const reference = base.sizes.get(size);
  return reference === undefined ? undefined : reference * found.factor;
}

interface Row {
  readonly region: string;
  readonly factor: number;
  readonly sizes: ReadonlyMap<string, number | undefined>;
}

function row(text: string): Row {
  const [region = '', factor, ...sizes] = text.split(' ');
  const entry = (each: string): readonly [string, number | undefined] => {
    const [size = '', dollars] = each.split(':');
    return [size, dollars ? Number(dollars) : undefined];
  };
  return { region, factor: Number(factor), sizes: new Map(sizes.map(entry)) };
}

/** Dollars of what is no machine: an hour of a load balancer, a month of `gp3 GB`; undefined where the table has none. */
export const monthly = (what: string, region: string): number | undefined => {
  const row = Object.hasOwn(regionalPrices, region) ? regionalPrices[region] : undefined;
  return row?.[what];
};
