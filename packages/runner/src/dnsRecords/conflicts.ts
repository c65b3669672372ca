// Finds existing DNS records in the way of a template's. CloudFormation would fail late, or two owners would
// overwrite each other.
import type { DnsRecordSet, DnsRecordsPort } from '../ports/route53.ts';
import { dnsName } from '../ports/route53.ts';

/** A record set of a template, with the id of its zone. */
export interface DesiredRecord {
  readonly logicalId: string;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  /** Set identifier of one of several record sets with this name and type. */
  readonly set?: string;
}

/** An existing record set of the stack. */
export type StackRecord = Omit<DesiredRecord, 'logicalId' | 'zone'>;

/** A desired record set, and the existing ones that conflict with it. */
export interface RecordConflict {
  readonly wanted: DesiredRecord;
  readonly found: DnsRecordSet;
  /**
   * True if the stack's own record set has another type or routing: DNS does not allow both, and CloudFormation
   * cannot replace one by the other.
   */
  readonly ownedByStack: boolean;
}

interface TemplateShape {
  readonly Resources?: Readonly<
    Record<string, { readonly Type?: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/** All record sets of a template, except those whose zone is not known (yet). `zoneOf` resolves a HostedZoneId. */
export function recordSetsIn(template: string, zoneOf: (id: unknown) => string | undefined): readonly DesiredRecord[] {
  const { Resources = {} } = JSON.parse(template) as TemplateShape;
  return Object.entries(Resources).flatMap(([logicalId, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::Route53::RecordSet') return [];
    const zone = zoneOf(Properties['HostedZoneId']);
    const { Name: name, Type: type, SetIdentifier: set } = Properties;
    if (zone === undefined || typeof name !== 'string' || typeof type !== 'string') return [];
    return [{ logicalId, zone, name: dnsName(name), type, ...(typeof set === 'string' && { set }) }];
  });
}

/** Existing record sets by desired name. */
export interface RecordLookup {
  readonly wanted: DesiredRecord;
  readonly there: readonly DnsRecordSet[];
}

const isSameRecordSet = (
  a: Pick<StackRecord, 'name' | 'type' | 'set'>,
  b: Pick<StackRecord, 'name' | 'type' | 'set'>,
) => a.name === b.name && a.type === b.type && a.set === b.set;

/**
 * Reads the names that would be created, and skips those that the stack already has. One at a time: the service
 * allows five calls a second.
 */
export async function findRecordConflicts(
  port: DnsRecordsPort,
  wanted: readonly DesiredRecord[],
  own: readonly StackRecord[],
): Promise<readonly RecordConflict[]> {
  const found: RecordConflict[] = [];
  for (const each of wanted) {
    if (own.some((record) => isSameRecordSet(record, each))) continue;
    found.push(...recordConflictsOf({ wanted: each, there: await port.listRecordsAt(each.zone, each.name) }, own));
  }
  return found;
}

function recordConflictsOf({ wanted, there }: RecordLookup, own: readonly StackRecord[]): readonly RecordConflict[] {
  return there.flatMap((found): RecordConflict[] => {
    const type = found.Type ?? '';
    // A CNAME must be the only record of its name, except for DNSSEC records.
    const excludes =
      type === wanted.type ||
      type === 'CNAME' ||
      (wanted.type === 'CNAME' && ['A', 'AAAA', 'TXT', 'SRV', 'MX'].includes(type));
    if (!excludes) return [];
    const is = {
      name: dnsName(found.Name ?? ''),
      type,
      ...(found.SetIdentifier !== undefined && { set: found.SetIdentifier }),
    };
    const ours = own.some((record) => isSameRecordSet(record, is));
    // Several record sets of the stack share a name by weight.
    if (ours && type === wanted.type && is.set !== undefined && wanted.set !== undefined) return [];
    return [{ wanted, found, ownedByStack: ours }];
  });
}

export interface RemovedRecords {
  /** Restores the deleted records, unless another record has taken the name since. */
  restore(): Promise<void>;
}

/** Deletes the conflicting records, exactly as they were read. */
export async function removeConflictingRecords(
  port: DnsRecordsPort,
  all: readonly RecordConflict[],
): Promise<RemovedRecords> {
  const zones = [...new Set(all.map(({ wanted }) => wanted.zone))];
  const taken = zones.map((zone) => {
    // A record that conflicts with two desired ones (a CNAME with A and AAAA) is deleted once.
    const records = new Map(
      all.filter(({ wanted }) => wanted.zone === zone).map(({ found }) => [JSON.stringify(found), found]),
    );
    return { zone, records: [...records.values()] };
  });
  for (const { zone, records } of taken)
    await port.changeRecords(
      zone,
      records.map((record) => ({ action: 'DELETE', record })),
    );
  return {
    async restore() {
      for (const { zone, records } of taken) {
        const gone: DnsRecordSet[] = [];
        for (const record of records) {
          const there = await port.listRecordsAt(zone, record.Name ?? '');
          if (!there.some(({ Type, SetIdentifier }) => Type === record.Type && SetIdentifier === record.SetIdentifier))
            gone.push(record);
        }
        if (gone.length > 0)
          await port.changeRecords(
            zone,
            gone.map((record) => ({ action: 'CREATE', record })),
          );
      }
    },
  };
}
