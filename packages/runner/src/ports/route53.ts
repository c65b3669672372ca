// The Route 53 calls of the runner, and DNS names in a comparable form.
import type { CallOptions } from './cloudFormation.ts';

/**
 * In Route 53's own spelling, so that a record can be deleted exactly as it was read:
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */
export interface DnsRecordSet {
  readonly Name?: string | undefined;
  readonly Type?: string | undefined;
  readonly TTL?: number | undefined;
  readonly SetIdentifier?: string | undefined;
  readonly Weight?: number | undefined;
  readonly ResourceRecords?: readonly { readonly Value?: string | undefined }[] | undefined;
  readonly AliasTarget?:
    | {
        readonly DNSName?: string | undefined;
        readonly HostedZoneId?: string | undefined;
        readonly EvaluateTargetHealth?: boolean | undefined;
      }
    | undefined;
}

export interface DnsRecordChange {
  readonly action: 'CREATE' | 'DELETE' | 'UPSERT';
  readonly record: DnsRecordSet;
}

export interface DnsRecordsPort {
  /** All record sets of a name, of every type. Names are compared as DNS does. */
  listRecordsAt(zone: string, name: string): Promise<readonly DnsRecordSet[]>;
  /** All changes or none; resolves when every name server of the zone is in sync. */
  changeRecords(zone: string, changes: readonly DnsRecordChange[], signal?: AbortSignal): Promise<void>;
}

/** A hosted zone, perhaps of another account. */
export interface HostedZonePort {
  readonly id: string;
  readonly name: string;
  /** One page of all records, from the end of the last page on. */
  list(
    from: { readonly name: string; readonly type: string } | undefined,
    options?: CallOptions,
  ): Promise<{
    readonly records: readonly DnsRecordSet[];
    readonly next?: { readonly name: string; readonly type: string };
  }>;
  /** All changes or none; returns the change's id. */
  change(changes: readonly DnsRecordChange[], options?: CallOptions): Promise<string>;
  /** `INSYNC` once all name servers have the change. */
  status(changeId: string, options?: CallOptions): Promise<string>;
}

/** `Web.Example.com.` and `web.example.com` are the same name; Route 53 writes `*` as `\052`. */
export const dnsName = (name: string): string => `${name.replace(/\.$/, '').toLowerCase().replaceAll('\\052', '*')}.`;
