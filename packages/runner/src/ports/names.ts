// The part of Route 53 that is used, in its own spelling, so that a record can be deleted to the letter as it was read.

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
export interface NameRecord {
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

export interface NameChange {
  readonly action: 'CREATE' | 'DELETE' | 'UPSERT';
  readonly record: NameRecord;
}

export interface NamesPort {
  /** All record sets of a name, of every type. Names are compared as DNS does. */
  at(zone: string, name: string): Promise<readonly NameRecord[]>;
  /** All changes or none; resolves when every name server of the zone knows. */
  change(zone: string, changes: readonly NameChange[], signal?: AbortSignal): Promise<void>;
}
