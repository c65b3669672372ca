// The part of Route 53 that is used for a zone of another account, bound to that zone.
import type { CallOptions } from './cloudformation.ts';

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
export interface RecordSet {
  Name?: string | undefined;
  Type?: string | undefined;
  TTL?: number | undefined;
  ResourceRecords?: { Value?: string | undefined }[] | undefined;
  AliasTarget?: { DNSName?: string | undefined; HostedZoneId?: string | undefined; EvaluateTargetHealth?: boolean | undefined } | undefined;
}

export interface RecordChange {
  readonly Action: 'CREATE' | 'DELETE' | 'UPSERT';
  readonly ResourceRecordSet: RecordSet;
}

export interface ZonePort {
  readonly id: string;
  readonly name: string;
  /** One page of all records, from where the last one ended. */
  list(
    from: { readonly name: string; readonly type: string } | undefined,
    options?: CallOptions,
  ): Promise<{ readonly records: readonly RecordSet[]; readonly next?: { readonly name: string; readonly type: string } }>;
  /** All of them or none; gives the change's id. */
  change(changes: readonly RecordChange[], options?: CallOptions): Promise<string>;
  /** `INSYNC` once all name servers answer so. */
  status(changeId: string, options?: CallOptions): Promise<string>;
}
