// Reads products of AWS's price list as `aws pricing get-products` gives them; scripts/prices.mjs --aws renews the table with it.
import { regionalPricesOf } from '../../scripts/prices/awsPriceList.mjs';

interface Dimension {
  readonly unit: string;
  readonly beginRange?: string;
  readonly pricePerUnit: { readonly USD: string };
}

const product = (productFamily: string, attributes: Record<string, string>, ...dimensions: readonly Dimension[]) => ({
  product: { productFamily, attributes },
  terms: { OnDemand: { 'SKU.JRTCKXETXF': { priceDimensions: Object.fromEntries(dimensions.entries()) } } },
});
const usd = (USD: string, unit = 'Hrs', beginRange = '0') => ({ unit, beginRange, pricePerUnit: { USD } });

const products = [
  product('Load Balancer-Application', { usagetype: 'EU-LoadBalancerUsage' }, usd('0.0252000000')),
  product('Load Balancer-Network', { usagetype: 'EU-LoadBalancerUsage' }, usd('0.0252000000')),
  product('Load Balancer-Network', { usagetype: 'EU-LCUUsage' }, usd('0.006')),
  product('Load Balancer', { usagetype: 'EU-LoadBalancerUsage' }, usd('0.028')),
  product('NAT Gateway', { usagetype: 'EU-NatGateway-Hours', group: 'NGW:NatGateway' }, usd('0.048')),
  product('NAT Gateway', { usagetype: 'EU-NatGateway-Bytes', group: 'NGW:NatGateway' }, usd('0.048', 'GB')),
  product('', { usagetype: 'EU-PublicIPv4:InUseAddress' }, usd('0'), usd('0.005', 'Hrs', '750')),
  product('Storage', { usagetype: 'EU-EBS:VolumeUsage.gp3', volumeApiName: 'gp3' }, usd('0.088', 'GB-Mo')),
  product('Storage', { usagetype: 'EU-EBS:VolumeUsage.piops', volumeApiName: 'io1' }, usd('0.138', 'GB-Mo')),
  product(
    'System Operation',
    { usagetype: 'EU-EBS:VolumeP-IOPS.gp3', group: 'EBS IOPS', volumeApiName: 'gp3' },
    usd('0.0055', 'IOPS-Mo'),
  ),
  product(
    'System Operation',
    { usagetype: 'EU-EBS:VolumeP-IOPS.io2', group: 'EBS IOPS', volumeApiName: 'io2' },
    usd('0.072', 'IOPS-Mo'),
  ),
  product(
    'System Operation',
    { usagetype: 'EU-EBS:VolumeP-IOPS.io2.tier2', group: 'EBS IOPS Tier 2', volumeApiName: 'io2' },
    usd('0.05', 'IOPS-Mo'),
  ),
  product(
    'Provisioned Throughput',
    { usagetype: 'EU-EBS:VolumeP-Throughput.gp3', volumeApiName: 'gp3' },
    usd('45.056', 'GiBps-mo'),
  ),
];

test('each price has its column, free units are skipped, and throughput is by the MiB', () => {
  expect(Object.fromEntries(regionalPricesOf(products))).toEqual({
    'load balancer': 0.0252,
    'NAT gateway': 0.048,
    'public address': 0.005,
    'gp3 GB': 0.088,
    'io1 GB': 0.138,
    'gp3 IOPS': 0.0055,
    'io2 IOPS': 0.072,
    'gp3 MiB/s': 0.044,
  });
});

test('two prices of one thing are an error', () => {
  const other = product('Load Balancer-Network', { usagetype: 'LoadBalancerUsage' }, usd('0.03'));
  expect(() => regionalPricesOf([...products, other])).toThrow('load balancer has two prices: 0.0252 and 0.03');
});
