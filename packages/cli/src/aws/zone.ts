// The id of the hosted zone of public names, which an environment's template asks for.
import type { SdkOptions } from '@i2kit/runner';

const named = (name: string): string => `${name.replace(/\.$/, '').toLowerCase()}.`;

/** Looked up by its name among the account's public zones; says what to do where there is not exactly one. */
export async function publicZoneId(options: SdkOptions, domain: string): Promise<{ readonly id: string } | { readonly wrong: string }> {
  const sdk = await import('@aws-sdk/client-route-53');
  const { endpoint, profile } = options;
  const client = new sdk.Route53Client({ region: options.region, ...(endpoint && { endpoint }), ...(profile && { profile }) });
  try {
    const { HostedZones = [] } = await client.send(new sdk.ListHostedZonesByNameCommand({ DNSName: named(domain), MaxItems: 100 }));
    const found = HostedZones.filter((zone) => named(zone.Name ?? '') === named(domain) && !zone.Config?.PrivateZone);
    const [zone] = found;
    if (zone && found.length === 1) return { id: (zone.Id ?? '').replace('/hostedzone/', '') };
    const how = found.length === 0 ? 'has no public zone' : `has ${found.length} public zones`;
    return { wrong: `The account ${how} ${domain}: make it, or name its id with --public-zone-id.` };
  } finally {
    client.destroy();
  }
}
