// Route 53 through the AWS SDK.
import type { ListResourceRecordSetsCommandInput, ListResourceRecordSetsCommandOutput, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { NameRecord, NamesPort } from '../ports/names.ts';
import { dnsName } from './dns.ts';
import { clientConfig, type SdkOptions } from './options.ts';

export interface NamesAdapter extends NamesPort {
  close(): void;
}

/** Seconds that a change is waited for; it mostly takes half a minute. */
const patience = 300;

export async function namesPort(options: SdkOptions): Promise<NamesAdapter> {
  const sdk = await import('@aws-sdk/client-route-53');
  const client = new sdk.Route53Client({ ...clientConfig(options), maxAttempts: 4 });
  return {
    async at(HostedZoneId, name) {
      const found: NameRecord[] = [];
      let from: ListResourceRecordSetsCommandInput | undefined = { HostedZoneId, StartRecordName: name };
      while (from) {
        const page: ListResourceRecordSetsCommandOutput = await client.send(new sdk.ListResourceRecordSetsCommand(from));
        for (const record of page.ResourceRecordSets ?? []) {
          // They come in the order of names.
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
    async change(HostedZoneId, changes, abortSignal) {
      const Changes = changes.map(({ action, record }) => ({ Action: action, ResourceRecordSet: record as ResourceRecordSet }));
      const { ChangeInfo } = await client.send(new sdk.ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
      if (ChangeInfo?.Status === 'INSYNC') return;
      const waiting = { client, maxWaitTime: patience, minDelay: 2, maxDelay: 10, ...(abortSignal && { abortSignal }) };
      await sdk.waitUntilResourceRecordSetsChanged(waiting, { Id: ChangeInfo?.Id });
    },
    close: () => client.destroy(),
  };
}
