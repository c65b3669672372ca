// Finds key pairs, public hosted zones and buckets by name, id or tags.

import type { EC2Client } from '@aws-sdk/client-ec2';
import { failure, type Outcome, success } from '@i2kit/common';
import type { Config, ResourceSelector, TagSelector } from '@i2kit/compiler';
import type { SdkOptions } from '@i2kit/runner';
import { retryingConfig } from '../connection.ts';
import { type Candidate, LookupError, onlyCandidate, tagsOf, unusableError } from './candidates.ts';

/** The key pair's name. */
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
  const client = new sdk.Route53Client(retryingConfig(options));
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

/** The name of a bucket of this account in this region. */
export async function findBucket(options: SdkOptions, account: string, selector: ResourceSelector): Promise<string> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    ...retryingConfig(options),
    ...(options.endpoint ? { forcePathStyle: true } : {}),
  });
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
      throw new LookupError({ code: 'I2K719', path: ['bucket'], message: `the bucket ${name} does not exist` });
    if (status === 403)
      throw unusableError(['bucket'], `${name} belongs to another account, or these credentials may not read it`);
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
        // A bucket without tags, or of another region.
        if (/NoSuchTagSet|PermanentRedirect|AccessDenied|IllegalLocationConstraint/.test(error.name))
          return { TagSet: [] };
        throw error;
      });
      candidates.push({ id, tags: tagsOf(answer.TagSet) });
    }
    return onlyCandidate(candidates, tags, 'bucket', ['bucket']).id;
  }
}

/** For settings that name more than the domain. */
export const zoneSelector = (zone: Config['hostedZone']): ResourceSelector | undefined =>
  typeof zone === 'object' ? (zone.id ?? (zone.tag && { tag: zone.tag })) : undefined;

const absoluteDomain = (name: string): string => `${name.replace(/\.$/, '').toLowerCase()}.`;

/**
 * The id of the public hosted zone, which is a parameter of an environment's template. Looks the zone up by name
 * among the account's public zones; an error unless there is exactly one.
 */
export async function findPublicZoneId(options: SdkOptions, domain: string): Promise<Outcome<string>> {
  const sdk = await import('@aws-sdk/client-route-53');
  const client = new sdk.Route53Client(retryingConfig(options));
  try {
    const { HostedZones = [] } = await client.send(
      new sdk.ListHostedZonesByNameCommand({ DNSName: absoluteDomain(domain), MaxItems: 100 }),
    );
    const found = HostedZones.filter(
      (zone) => absoluteDomain(zone.Name ?? '') === absoluteDomain(domain) && !zone.Config?.PrivateZone,
    );
    const [zone] = found;
    if (zone && found.length === 1) return success((zone.Id ?? '').replace('/hostedzone/', ''));
    const how = found.length === 0 ? 'has no public zone' : `has ${found.length} public zones`;
    return failure({ message: `The account ${how} ${domain}. Create it, or pass its id with --public-zone-id.` });
  } finally {
    client.destroy();
  }
}
