// Finds key pairs, public hosted zones and buckets by name, id or tags.

import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Config, ResourceSelector, TagSelector } from '@i2kit/compiler';
import type { SdkOptions } from '@i2kit/runner';
import { clientConfig } from '../connection.ts';
import { type Candidate, LookupError, onlyCandidate, tagsOf, unusableError } from './candidates.ts';

// Key pair, public zone and bucket: found by name, id or tags.

/** Its name. */
export async function findKeyPair(client: EC2Client, selector: ResourceSelector): Promise<string> {
  const sdk = await import('@aws-sdk/client-ec2');
  const { KeyPairs = [] } = await client.send(new sdk.DescribeKeyPairsCommand({}));
  const candidates = KeyPairs.map(({ KeyName = '', Tags }) => ({ id: KeyName, tags: tagsOf(Tags) }));
  return onlyCandidate(candidates, selector, 'key pair', ['keyPair']).id;
}

const bareZoneId = (id = ''): string => id.replace('/hostedzone/', '');
const normalizedDomain = (name = ''): string => name.replace(/\.$/, '').toLowerCase();

/** The id of a public zone of that name, by its id or tags. */
export async function findZoneId(options: SdkOptions, domain: string, selector: ResourceSelector): Promise<string> {
  const sdk = await import('@aws-sdk/client-route-53');
  const client = new sdk.Route53Client(clientConfig(options));
  try {
    const candidates: Candidate[] = [];
    for await (const { HostedZones = [] } of sdk.paginateListHostedZones({ client }, {})) {
      for (const zone of HostedZones.filter(
        ({ Name, Config }) => normalizedDomain(Name) === normalizedDomain(domain) && !Config?.PrivateZone,
      )) {
        const id = bareZoneId(zone.Id);
        const { ResourceTagSet } = await client.send(
          new sdk.ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: id }),
        );
        candidates.push({ id, tags: tagsOf(ResourceTagSet?.Tags) });
      }
    }
    return onlyCandidate(candidates, selector, `public zone ${domain}`, ['hostedZone']).id;
  } finally {
    client.destroy();
  }
}

/** The name of a bucket that this account has in this region. */
export async function findBucket(options: SdkOptions, account: string, selector: ResourceSelector): Promise<string> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({ ...clientConfig(options), ...(options.endpoint ? { forcePathStyle: true } : {}) });
  const name = typeof selector === 'string' ? selector : await tagged(selector);
  try {
    const { BucketRegion } = await client.send(
      new sdk.HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: account }),
    );
    if (BucketRegion && BucketRegion !== options.region)
      throw unusableError(['bucket'], `${name} is in ${BucketRegion}, not in ${options.region}`);
    return name;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404)
      throw new LookupError({ code: 'I2K719', path: ['bucket'], message: `there is no bucket ${name}` });
    if (status === 403)
      throw unusableError(['bucket'], `${name} is another account's, or these credentials may not look at it`);
    if (status === 301) throw unusableError(['bucket'], `${name} is not in ${options.region}`);
    throw error;
  } finally {
    client.destroy();
  }

  async function tagged(tags: TagSelector): Promise<string> {
    const candidates: Candidate[] = [];
    const { Buckets = [] } = await client.send(new sdk.ListBucketsCommand({}));
    for (const { Name: id = '' } of Buckets) {
      const answer = await client.send(new sdk.GetBucketTaggingCommand({ Bucket: id })).catch((error: Error) => {
        // One without tags, or of another region.
        if (/NoSuchTagSet|PermanentRedirect|AccessDenied|IllegalLocationConstraint/.test(error.name))
          return { TagSet: [] };
        throw error;
      });
      candidates.push({ id, tags: tagsOf(answer.TagSet) });
    }
    return onlyCandidate(candidates, tags, 'bucket', ['bucket']).id;
  }
}

/** By what the settings name it, where that is more than a name. */
export const zoneSelector = (zone: Config['hostedZone']): ResourceSelector | undefined =>
  typeof zone === 'object' ? (zone.id ?? (zone.tag && { tag: zone.tag })) : undefined;

// The id of the hosted zone of public names, which an environment's template asks for.

const absoluteDomain = (name: string): string => `${name.replace(/\.$/, '').toLowerCase()}.`;

/** Looked up by its name among the account's public zones; says what to do where there is not exactly one. */
export async function findPublicZoneId(
  options: SdkOptions,
  domain: string,
): Promise<{ readonly id: string } | { readonly wrong: string }> {
  const sdk = await import('@aws-sdk/client-route-53');
  const { endpoint, profile } = options;
  const client = new sdk.Route53Client({
    region: options.region,
    ...(endpoint && { endpoint }),
    ...(profile && { profile }),
  });
  try {
    const { HostedZones = [] } = await client.send(
      new sdk.ListHostedZonesByNameCommand({ DNSName: absoluteDomain(domain), MaxItems: 100 }),
    );
    const found = HostedZones.filter(
      (zone) => absoluteDomain(zone.Name ?? '') === absoluteDomain(domain) && !zone.Config?.PrivateZone,
    );
    const [zone] = found;
    if (zone && found.length === 1) return { id: (zone.Id ?? '').replace('/hostedzone/', '') };
    const how = found.length === 0 ? 'has no public zone' : `has ${found.length} public zones`;
    return { wrong: `The account ${how} ${domain}: make it, or name its id with --public-zone-id.` };
  } finally {
    client.destroy();
  }
}
