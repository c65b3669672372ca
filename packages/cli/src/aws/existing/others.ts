// Key pair, public zone and bucket: found by name, id or tags.
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Config, Selector, Tagged } from '@i2kit/compiler';
import type { SdkOptions } from '@i2kit/runner';
import { type Candidate, one, Stuck, tagsOf, unusable } from './finding.ts';
import { clientOf } from './options.ts';

/** Its name. */
export async function keyPairOf(client: EC2Client, selector: Selector): Promise<string> {
  const sdk = await import('@aws-sdk/client-ec2');
  const { KeyPairs = [] } = await client.send(new sdk.DescribeKeyPairsCommand({}));
  const candidates = KeyPairs.map(({ KeyName = '', Tags }) => ({ id: KeyName, tags: tagsOf(Tags) }));
  return one(candidates, selector, 'key pair', ['keyPair']).id;
}

const bare = (id = ''): string => id.replace('/hostedzone/', '');
const named = (name = ''): string => name.replace(/\.$/, '').toLowerCase();

/** The id of a public zone of that name, by its id or tags. */
export async function zoneIdOf(options: SdkOptions, domain: string, selector: Selector): Promise<string> {
  const sdk = await import('@aws-sdk/client-route-53');
  const client = new sdk.Route53Client(clientOf(options));
  try {
    const candidates: Candidate[] = [];
    for await (const { HostedZones = [] } of sdk.paginateListHostedZones({ client }, {})) {
      for (const zone of HostedZones.filter(({ Name, Config }) => named(Name) === named(domain) && !Config?.PrivateZone)) {
        const id = bare(zone.Id);
        const { ResourceTagSet } = await client.send(new sdk.ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: id }));
        candidates.push({ id, tags: tagsOf(ResourceTagSet?.Tags) });
      }
    }
    return one(candidates, selector, `public zone ${domain}`, ['hostedZone']).id;
  } finally {
    client.destroy();
  }
}

/** The name of a bucket that this account has in this region. */
export async function bucketOf(options: SdkOptions, account: string, selector: Selector): Promise<string> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({ ...clientOf(options), ...(options.endpoint ? { forcePathStyle: true } : {}) });
  const name = typeof selector === 'string' ? selector : await tagged(selector);
  try {
    const { BucketRegion } = await client.send(new sdk.HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: account }));
    if (BucketRegion && BucketRegion !== options.region)
      throw unusable(['bucket'], `${name} is in ${BucketRegion}, not in ${options.region}`);
    return name;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) throw new Stuck({ code: 'I2K719', path: ['bucket'], message: `there is no bucket ${name}` });
    if (status === 403) throw unusable(['bucket'], `${name} is another account's, or these credentials may not look at it`);
    if (status === 301) throw unusable(['bucket'], `${name} is not in ${options.region}`);
    throw error;
  } finally {
    client.destroy();
  }

  async function tagged(tags: Tagged): Promise<string> {
    const candidates: Candidate[] = [];
    const { Buckets = [] } = await client.send(new sdk.ListBucketsCommand({}));
    for (const { Name: id = '' } of Buckets) {
      const answer = await client.send(new sdk.GetBucketTaggingCommand({ Bucket: id })).catch((error: Error) => {
        // One without tags, or of another region.
        if (/NoSuchTagSet|PermanentRedirect|AccessDenied|IllegalLocationConstraint/.test(error.name)) return { TagSet: [] };
        throw error;
      });
      candidates.push({ id, tags: tagsOf(answer.TagSet) });
    }
    return one(candidates, tags, 'bucket', ['bucket']).id;
  }
}

/** By what the settings name it, where that is more than a name. */
export const zoneSelector = (zone: Config['hostedZone']): Selector | undefined =>
  typeof zone === 'object' ? (zone.id ?? (zone.tag && { tag: zone.tag })) : undefined;
