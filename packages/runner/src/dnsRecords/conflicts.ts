// Who has the DNS names that a template would take: CloudFormation finds out late, or two owners fight over them.
import type { DnsRecordSet, DnsRecordsPort } from '../ports/route53.ts';
import { dnsName } from '../ports/route53.ts';

/** A record set of a template, with the id of its zone. */
export interface DesiredRecord {
  readonly logicalId: string;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  /** Of one of several record sets of the name and type. */
  readonly set?: string;
}

/** A record set that the stack has now. */
export type StackRecord = Omit<DesiredRecord, 'logicalId' | 'zone'>;

/** A wanted record, and what is in its place. */
export interface RecordConflict {
  readonly wanted: DesiredRecord;
  readonly found: DnsRecordSet;
  /** The stack's own, of another form: DNS lets the two not stand side by side, nor CloudFormation replace one by the other. */
  readonly ownedByStack: boolean;
}

interface TemplateShape {
  readonly Resources?: Readonly<
    Record<string, { readonly Type?: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/** All record sets of a template; those whose zone is not known (yet) are left out. `zoneOf` resolves a HostedZoneId. */
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

/** The state of names as it was looked at: of each wanted name, the record sets that are there. */
export interface RecordLookup {
  readonly wanted: DesiredRecord;
  readonly there: readonly DnsRecordSet[];
}

const isSameRecordSet = (
  a: Pick<StackRecord, 'name' | 'type' | 'set'>,
  b: Pick<StackRecord, 'name' | 'type' | 'set'>,
) => a.name === b.name && a.type === b.type && a.set === b.set;

/** Looks at the names that would be made, and not at those that the stack has; one at a time, for the service takes five calls a second. */
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
    // A CNAME is alone at its name, but for what signs it.
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
    // Several of the stack's own share a name by weight.
    if (ours && type === wanted.type && is.set !== undefined && wanted.set !== undefined) return [];
    return [{ wanted, found, ownedByStack: ours }];
  });
}

export interface RemovedRecords {
  /** Puts back what was taken, where nothing has come into its place. */
  restore(): Promise<void>;
}

/** Removes the records that are in the way, to the letter as they were found. */
export async function removeConflictingRecords(
  port: DnsRecordsPort,
  all: readonly RecordConflict[],
): Promise<RemovedRecords> {
  const zones = [...new Set(all.map(({ wanted }) => wanted.zone))];
  const taken = zones.map((zone) => {
    // A name that two wanted records take (A and AAAA against one CNAME) goes once.
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
