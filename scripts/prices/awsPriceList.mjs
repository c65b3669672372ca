// Prices of load balancers, NAT gateways, addresses and volumes in one region, from products of AWS's price list.

/** The column of scripts/prices/regional.json that a product belongs to; undefined for all other products. */
function columnOf({ productFamily, attributes: { usagetype = '', group = '', volumeApiName = '' } }) {
  const usage = usagetype.replace(/^[A-Z0-9]+-(?=[A-Z])/, '');
  if (/^Load Balancer-(Application|Network)$/.test(productFamily) && usage === 'LoadBalancerUsage')
    return 'load balancer';
  if (productFamily === 'NAT Gateway' && usage === 'NatGateway-Hours') return 'NAT gateway';
  if (usage === 'PublicIPv4:InUseAddress') return 'public address';
  if (productFamily === 'Storage' && usage.startsWith('EBS:VolumeUsage') && volumeApiName) return `${volumeApiName} GB`;
  if (productFamily === 'Provisioned Throughput' && volumeApiName === 'gp3') return 'gp3 MiB/s';
  if (productFamily === 'System Operation' && group.startsWith('EBS IOPS') && !/Tier [23]/.test(group) && volumeApiName)
    return `${volumeApiName} IOPS`;
  return undefined;
}

/** Dollars of the unit that comes after any free ones: of several tiers, the first that costs something. */
function dollarsOf({ terms }) {
  const dimensions = Object.values(terms?.OnDemand ?? {}).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions),
  );
  const paid = dimensions
    .map(({ beginRange, pricePerUnit, unit }) => ({
      from: Number(beginRange ?? 0),
      dollars: Number(pricePerUnit.USD),
      unit,
    }))
    .filter(({ dollars }) => dollars > 0)
    .sort((a, b) => a.from - b.from);
  const [first] = paid;
  if (first === undefined) return undefined;
  // Throughput is listed by the GiB a second, and paid for by the MiB.
  return /^GiBps/i.test(first.unit) ? first.dollars / 1024 : first.dollars;
}

/** Column → dollars, of products as `aws pricing get-products` gives them. Two prices of one column are an error. */
export function regionalPricesOf(products) {
  const found = new Map();
  for (const { product, ...rest } of products) {
    const column = columnOf(product);
    const dollars = column && dollarsOf(rest);
    if (!dollars) continue;
    const rounded = Number(dollars.toPrecision(5));
    if (found.has(column) && found.get(column) !== rounded)
      throw new Error(`${column} has two prices: ${found.get(column)} and ${rounded}`);
    found.set(column, rounded);
  }
  return found;
}
