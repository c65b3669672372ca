// Who has the DNS names that a template would take: CloudFormation finds out late, or two owners fight over them.
import type { NameRecord, NamesPort } from '../ports/names.ts';
import { dnsName } from '../sdk/dns.ts';

/** A record set of a template, with the id of its zone. */
export interface WantedRecord {
  readonly logicalId: string;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  /** Of one of several record sets of the name and type. */
  readonly set?: string;
}

/** A record set that the stack has now. */
export type OwnRecord = Omit<WantedRecord, 'logicalId' | 'zone'>;

/** A wanted record, and what is in its place. */
export interface Conflict {
  readonly wanted: WantedRecord;
  readonly found: NameRecord;
  /** The stack's own, of another form: DNS lets the two not stand side by side, nor CloudFormation replace one by the other. */
  readonly own: boolean;
}

interface LooseTemplate {
  readonly Resources?: Readonly<Record<string, { readonly Type?: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/** All record sets of a template; those whose zone is not known (yet) are left out. `zoneOf` resolves a HostedZoneId. */
export function recordsIn(template: string, zoneOf: (id: unknown) => string | undefined): readonly WantedRecord[] {
  const { Resources = {} } = JSON.parse(template) as LooseTemplate;
  return Object.entries(Resources).flatMap(([logicalId, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::Route53::RecordSet') return [];
    const zone = zoneOf(Properties['HostedZoneId']);
    const { Name: name, Type: type, SetIdentifier: set } = Properties;
    if (zone === undefined || typeof name !== 'string' || typeof type !== 'string') return [];
    return [{ logicalId, zone, name: dnsName(name), type, ...(typeof set === 'string' && { set }) }];
  });
}

/** The state of names as it was looked at: of each wanted name, the record sets that are there. */
export interface Beheld {
  readonly wanted: WantedRecord;
  readonly there: readonly NameRecord[];
}

const sameSet = (a: Pick<OwnRecord, 'name' | 'type' | 'set'>, b: Pick<OwnRecord, 'name' | 'type' | 'set'>) =>
  a.name === b.name && a.type === b.type && a.set === b.set;

/** Looks at the names that would be made, and not at those that the stack has; one at a time, for the service takes five calls a second. */
export async function conflictsAt(
  port: NamesPort,
  wanted: readonly WantedRecord[],
  own: readonly OwnRecord[],
): Promise<readonly Conflict[]> {
  const found: Conflict[] = [];
  for (const each of wanted) {
    if (own.some((record) => sameSet(record, each))) continue;
    found.push(...conflicts({ wanted: each, there: await port.at(each.zone, each.name) }, own));
  }
  return found;
}

function conflicts({ wanted, there }: Beheld, own: readonly OwnRecord[]): readonly Conflict[] {
  return there.flatMap((found): Conflict[] => {
    const type = found.Type ?? '';
    // A CNAME is alone at its name, but for what signs it.
    const excludes =
      type === wanted.type || type === 'CNAME' || (wanted.type === 'CNAME' && ['A', 'AAAA', 'TXT', 'SRV', 'MX'].includes(type));
    if (!excludes) return [];
    const is = { name: dnsName(found.Name ?? ''), type, ...(found.SetIdentifier !== undefined && { set: found.SetIdentifier }) };
    const ours = own.some((record) => sameSet(record, is));
    // Several of the stack's own share a name by weight.
    if (ours && type === wanted.type && is.set !== undefined && wanted.set !== undefined) return [];
    return [{ wanted, found, own: ours }];
  });
}

export interface TakenNames {
  /** Puts back what was taken, where nothing has come into its place. */
  giveBack(): Promise<void>;
}

/** Removes the records that are in the way, to the letter as they were found. */
export async function takeNames(port: NamesPort, all: readonly Conflict[]): Promise<TakenNames> {
  const zones = [...new Set(all.map(({ wanted }) => wanted.zone))];
  const taken = zones.map((zone) => {
    // A name that two wanted records take (A and AAAA against one CNAME) goes once.
    const records = new Map(all.filter(({ wanted }) => wanted.zone === zone).map(({ found }) => [JSON.stringify(found), found]));
    return { zone, records: [...records.values()] };
  });
  for (const { zone, records } of taken)
    await port.change(
      zone,
      records.map((record) => ({ action: 'DELETE', record })),
    );
  return {
    async giveBack() {
      for (const { zone, records } of taken) {
        const gone: NameRecord[] = [];
        for (const record of records) {
          const there = await port.at(zone, record.Name ?? '');
          if (!there.some(({ Type, SetIdentifier }) => Type === record.Type && SetIdentifier === record.SetIdentifier)) gone.push(record);
        }
        if (gone.length > 0)
          await port.change(
            zone,
            gone.map((record) => ({ action: 'CREATE', record })),
          );
      }
    },
  };
}
