// List prices by region in US dollars: machines, load balancers, NAT gateways, addresses and volumes.

import { instancePrices } from '../generated/prices.ts';

// List prices, looked up: US dollars, before tax and discounts.

/** Dollars an hour of a machine, on demand with Linux; undefined where the table has none. */
export function machineHourlyPrice(type: string, region: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  const [first = '', ...others] = Object.hasOwn(instancePrices, family)
    ? (instancePrices[family] ?? '').split('; ')
    : [];
  const base = parsePriceRow(first);
  if (base.region === region) return base.sizes.get(size);
  const found = others.map(parsePriceRow).find((each) => each.region === region);
  if (!found) return undefined;
  // A size that the region lacks is there without a price.
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

/** Dollars of what is no machine: an hour of a load balancer, a month of `gp3 GB`; undefined where the table has none. */
export const listPrice = (what: string, region: string): number | undefined => {
  const row = Object.hasOwn(regionalPrices, region) ? regionalPrices[region] : undefined;
  return row?.[what];
};

// What AWS lists for what is no machine, by region, in US dollars: load balancers, NAT gateways and public addresses by the hour, disks by GB and month.
// Written down from https://aws.amazon.com/ebs/pricing/, /elasticloadbalancing/pricing/ and /vpc/pricing/ in 2025; other regions are unknown.

type RegionalPriceRow = readonly [
  loadBalancer: number,
  nat: number,
  gp3: number,
  gp2: number,
  io: number,
  st1: number,
  sc1: number,
];

const regionalRows: Readonly<Record<string, RegionalPriceRow>> = {
  'us-east-1': [0.0225, 0.045, 0.08, 0.1, 0.125, 0.045, 0.015],
  'us-east-2': [0.0225, 0.045, 0.08, 0.1, 0.125, 0.045, 0.015],
  'us-west-1': [0.0252, 0.048, 0.096, 0.12, 0.138, 0.054, 0.018],
  'us-west-2': [0.0225, 0.045, 0.08, 0.1, 0.125, 0.045, 0.015],
  'ca-central-1': [0.02475, 0.05, 0.088, 0.11, 0.138, 0.05, 0.0168],
  'eu-west-1': [0.0252, 0.048, 0.088, 0.11, 0.138, 0.05, 0.0168],
  'eu-west-2': [0.02646, 0.05, 0.0928, 0.116, 0.145, 0.053, 0.0174],
  'eu-west-3': [0.02646, 0.05, 0.0928, 0.116, 0.145, 0.053, 0.0174],
  'eu-central-1': [0.027, 0.052, 0.0952, 0.119, 0.149, 0.054, 0.018],
  'eu-north-1': [0.02394, 0.046, 0.0836, 0.1045, 0.1311, 0.0475, 0.016],
  'ap-south-1': [0.0239, 0.056, 0.0912, 0.114, 0.131, 0.051, 0.0174],
  'ap-northeast-1': [0.0243, 0.062, 0.096, 0.12, 0.142, 0.054, 0.018],
  'ap-northeast-2': [0.0225, 0.059, 0.0912, 0.114, 0.1278, 0.051, 0.0174],
  'ap-southeast-1': [0.0252, 0.059, 0.096, 0.12, 0.138, 0.054, 0.018],
  'ap-southeast-2': [0.0252, 0.059, 0.096, 0.12, 0.138, 0.054, 0.018],
  'sa-east-1': [0.034, 0.093, 0.152, 0.19, 0.238, 0.086, 0.0288],
};

/** Region -> what it is a price of -> dollars. */
export const regionalPrices: Readonly<Record<string, Readonly<Record<string, number>>>> = Object.fromEntries(
  Object.entries(regionalRows).map(([region, [loadBalancer, nat, gp3, gp2, io, st1, sc1]]) => [
    region,
    {
      'load balancer': loadBalancer,
      'NAT gateway': nat,
      // One price everywhere, since February 2024.
      'public address': 0.005,
      'gp3 GB': gp3,
      'gp2 GB': gp2,
      'io1 GB': io,
      'io2 GB': io,
      'st1 GB': st1,
      'sc1 GB': sc1,
    },
  ]),
);
