// List prices of EC2 instance types by region: on demand, Linux, US dollars an hour.
import { instancePrices } from '../generated/instancePrices.ts';

/** Dollars an hour of a machine; undefined if the table has no price. */
export function machineHourlyPrice(type: string, region: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  const [first = '', ...others] = Object.hasOwn(instancePrices, family)
    ? (instancePrices[family] ?? '').split('; ')
    : [];
  const base = parsePriceRow(first);
  if (base.region === region) return base.sizes.get(size);
  const found = others.map(parsePriceRow).find((each) => each.region === region);
  if (!found) return undefined;
  // The region lacks this size: it is listed without a price.
  if (found.sizes.has(size)) return found.sizes.get(size);
  const reference = base.sizes.get(size);
  return reference === undefined ? undefined : reference * found.factor;
}

interface InstancePriceRow {
  readonly region: string;
  readonly factor: number;
  readonly sizes: ReadonlyMap<string, number | undefined>;
}

function parsePriceRow(text: string): InstancePriceRow {
  const [region = '', factor, ...sizes] = text.split(' ');
  const entry = (each: string): readonly [string, number | undefined] => {
    const [size = '', dollars] = each.split(':');
    return [size, dollars ? Number(dollars) : undefined];
  };
  return { region, factor: Number(factor), sizes: new Map(sizes.map(entry)) };
}
