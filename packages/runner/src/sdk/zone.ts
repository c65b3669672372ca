// A hosted zone of another account through the AWS SDK, with the role or the profile that may write its records.
import type { ForeignZone } from '../names/template.ts';
import type { CallOptions } from '../ports/cloudformation.ts';
import type { RecordSet, ZonePort } from '../ports/zone.ts';
import { clientConfig, type SdkOptions } from './options.ts';

export interface ZoneAdapter {
  readonly port: ZonePort;
  close(): void;
}

const bare = (name = ''): string => name.replace(/\.$/, '').toLowerCase();

/** Undefined where that account has not exactly one such public zone; `said` then tells how many. */
export async function zoneAdapter(
  options: SdkOptions,
  { name, id, tag, roleArn, profile }: ForeignZone,
): Promise<{ readonly zone: ZoneAdapter } | { readonly said: string }> {
  const sdk = await import('@aws-sdk/client-route-53');
  const client = new sdk.Route53Client({
    ...clientConfig(options),
    ...(profile !== undefined && { credentials: await profiled(profile) }),
    ...(roleArn !== undefined && { credentials: assumed({ ...options, ...(profile !== undefined && { profile }) }, roleArn) }),
  });
  const http = (call?: CallOptions) => (call?.signal ? { abortSignal: call.signal } : {});
  const found = id === undefined ? await byName() : [id];
  const [zoneId] = found;
  if (zoneId === undefined || found.length > 1) {
    client.destroy();
    return {
      said: `has ${found.length === 0 ? 'no public zone' : `${found.length} public zones`} ${name}${found.length > 1 ? `: ${found.join(', ')}` : ''}`,
    };
  }
  return {
    zone: {
      port: {
        id: zoneId,
        name,
        async list(from, call) {
          const start = from && { StartRecordName: from.name, StartRecordType: from.type as never };
          const page = await client.send(
            new sdk.ListResourceRecordSetsCommand({ HostedZoneId: zoneId, MaxItems: 300, ...start }),
            http(call),
          );
          const records = (page.ResourceRecordSets ?? []) as readonly RecordSet[];
          const { IsTruncated, NextRecordName, NextRecordType = '' } = page;
          return { records, ...(IsTruncated && NextRecordName && { next: { name: NextRecordName, type: NextRecordType } }) };
        },
        async change(changes, call) {
          const ChangeBatch = { Comment: 'i2kit', Changes: changes as never };
          const { ChangeInfo } = await client.send(
            new sdk.ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch }),
            http(call),
          );
          return ChangeInfo?.Id ?? '';
        },
        async status(changeId, call) {
          const { ChangeInfo } = await client.send(new sdk.GetChangeCommand({ Id: changeId }), http(call));
          return ChangeInfo?.Status ?? '';
        },
      },
      close: () => client.destroy(),
    },
  };

  async function byName(): Promise<readonly string[]> {
    const all: string[] = [];
    for await (const { HostedZones = [] } of sdk.paginateListHostedZones({ client }, {})) {
      for (const zone of HostedZones.filter(({ Name, Config }) => bare(Name) === bare(name) && !Config?.PrivateZone)) {
        const zoneId = (zone.Id ?? '').replace('/hostedzone/', '');
        if (tag !== undefined) {
          const { ResourceTagSet } = await client.send(
            new sdk.ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: zoneId }),
          );
          const has = (key: string, value: string) =>
            ResourceTagSet?.Tags?.some(({ Key, Value }) => Key === key && Value === value) ?? false;
          if (!Object.entries(tag).every(([key, value]) => has(key, value))) continue;
        }
        all.push(zoneId);
      }
    }
    return all;
  }
}

/** Of the files alone: variables that are set are those of the account that the stack is in. */
const profiled = async (profile: string) => (await import('@aws-sdk/credential-provider-ini')).fromIni({ profile });

/** The SDK asks for them anew when they are about to expire. */
const assumed = (options: SdkOptions, RoleArn: string) => async () => {
  const sdk = await import('@aws-sdk/client-sts');
  const client = new sdk.STSClient({ ...clientConfig(options), maxAttempts: 4 });
  try {
    const { Credentials } = await client.send(new sdk.AssumeRoleCommand({ RoleArn, RoleSessionName: 'i2kit-names' }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken, Expiration } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken && { sessionToken: SessionToken }),
      ...(Expiration && { expiration: Expiration }),
    };
  } finally {
    client.destroy();
  }
};
