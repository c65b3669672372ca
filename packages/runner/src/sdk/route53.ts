// Route 53 through the AWS SDK: record sets of this account, and a hosted zone of another account.

import type {
  ListResourceRecordSetsCommandInput,
  ListResourceRecordSetsCommandOutput,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { clientConfig, type SdkOptions } from '@i2kit/aws';
import { failure, type Outcome, success } from '@i2kit/common';
import type { CrossAccountZone } from '../dnsRecords/crossAccountNames.ts';
import type { CallOptions } from '../ports/cloudFormation.ts';
import {
  type DnsRecordChange,
  type DnsRecordSet,
  type DnsRecordsPort,
  dnsName,
  type HostedZonePort,
} from '../ports/route53.ts';

export interface DnsRecordsAdapter extends DnsRecordsPort {
  close(): void;
}

const requestedChange = ({ action, record }: DnsRecordChange) => ({
  Action: action,
  ResourceRecordSet: record as ResourceRecordSet,
});

/** Seconds to wait for a change; it usually takes half a minute. */
const maxChangeWaitSeconds = 300;

export async function dnsRecordsAdapter(options: SdkOptions): Promise<DnsRecordsAdapter> {
  const sdk = await import('@aws-sdk/client-route-53');
  const client = new sdk.Route53Client({ ...clientConfig(options), maxAttempts: 4 });
  return {
    async listRecordsAt(HostedZoneId, name) {
      const found: DnsRecordSet[] = [];
      let from: ListResourceRecordSetsCommandInput | undefined = { HostedZoneId, StartRecordName: name };
      while (from) {
        const page: ListResourceRecordSetsCommandOutput = await client.send(
          new sdk.ListResourceRecordSetsCommand(from),
        );
        for (const record of page.ResourceRecordSets ?? []) {
          // Record sets are sorted by name.
          if (dnsName(record.Name ?? '') !== dnsName(name)) return found;
          found.push(record);
        }
        const { NextRecordName, NextRecordType, NextRecordIdentifier } = page;
        from = page.IsTruncated
          ? {
              HostedZoneId,
              StartRecordName: NextRecordName,
              StartRecordType: NextRecordType,
              ...(NextRecordIdentifier !== undefined && { StartRecordIdentifier: NextRecordIdentifier }),
            }
          : undefined;
      }
      return found;
    },
    async changeRecords(HostedZoneId, changes, abortSignal) {
      const ChangeBatch = { Changes: changes.map(requestedChange) };
      const { ChangeInfo } = await client.send(new sdk.ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch }));
      if (ChangeInfo?.Status === 'INSYNC') return;
      const waiting = {
        client,
        maxWaitTime: maxChangeWaitSeconds,
        minDelay: 2,
        maxDelay: 10,
        ...(abortSignal && { abortSignal }),
      };
      await sdk.waitUntilResourceRecordSetsChanged(waiting, { Id: ChangeInfo?.Id });
    },
    close: () => client.destroy(),
  };
}

/** A hosted zone of another account, with the role or the profile that may write its records. */
export interface HostedZoneAdapter {
  readonly port: HostedZonePort;
  close(): void;
}

const comparableZoneName = (name = ''): string => name.replace(/\.$/, '').toLowerCase();

/** Fails unless that account has exactly one such public zone. */
export async function hostedZoneAdapter(
  options: SdkOptions,
  { name, id, tag, roleArn, profile }: CrossAccountZone,
): Promise<Outcome<HostedZoneAdapter>> {
  const sdk = await import('@aws-sdk/client-route-53');
  const client = new sdk.Route53Client({
    ...clientConfig(options),
    ...(profile !== undefined && { credentials: await profileCredentials(profile) }),
    ...(roleArn !== undefined && {
      credentials: assumedRoleCredentials({ ...options, ...(profile !== undefined && { profile }) }, roleArn),
    }),
  });
  const http = (call?: CallOptions) => (call?.signal ? { abortSignal: call.signal } : {});
  const found = id === undefined ? await byName() : [id];
  const [zoneId] = found;
  if (zoneId === undefined || found.length > 1) {
    client.destroy();
    const zones = found.length === 0 ? 'no public zone' : `${found.length} public zones`;
    return failure({ message: `has ${zones} ${name}${found.length > 1 ? `: ${found.join(', ')}` : ''}` });
  }
  return success({
    port: {
      id: zoneId,
      name,
      async list(from, call) {
        const start = from && { StartRecordName: from.name, StartRecordType: from.type as never };
        const page = await client.send(
          new sdk.ListResourceRecordSetsCommand({ HostedZoneId: zoneId, MaxItems: 300, ...start }),
          http(call),
        );
        const records = page.ResourceRecordSets ?? [];
        const { IsTruncated, NextRecordName, NextRecordType = '' } = page;
        return {
          records,
          ...(IsTruncated && NextRecordName && { next: { name: NextRecordName, type: NextRecordType } }),
        };
      },
      async change(changes, call) {
        const ChangeBatch = { Comment: 'i2kit', Changes: changes.map(requestedChange) };
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
  });

  async function byName(): Promise<readonly string[]> {
    const all: string[] = [];
    for await (const { HostedZones = [] } of sdk.paginateListHostedZones({ client }, {})) {
      for (const zone of HostedZones.filter(
        ({ Name, Config }) => comparableZoneName(Name) === comparableZoneName(name) && !Config?.PrivateZone,
      )) {
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

/** Only from files: environment variables belong to the stack's account. */
const profileCredentials = async (profile: string) =>
  (await import('@aws-sdk/credential-provider-ini')).fromIni({ profile });

/** The SDK renews them when they are about to expire. */
const assumedRoleCredentials = (options: SdkOptions, RoleArn: string) => async () => {
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
