// What has to be written into a zone so that it holds the names of a stack, and nothing that is anyone else's is touched.
//
// Each name has a TXT record beside it that says whose it is. A name that is there without ours is another's.
import type { RecordChange, RecordSet } from '../ports/zone.ts';

/** By name: the DNS name of its load balancer, and the zone that that is in. */
export type Aliases = Readonly<Record<string, { readonly dnsName: string; readonly hostedZone: string }>>;

export interface NamesPlan {
  /** In an order that does not depend on the zone's. */
  readonly changes: readonly RecordChange[];
  /** Names by what becomes of them. */
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly remove: readonly string[];
  readonly same: readonly string[];
  /** Names that another has, with what is known of them. */
  readonly taken: readonly { readonly name: string; readonly by: string }[];
}

/** `_i2kit.web.example.com`: where it is said whose `web.example.com` is. */
export const markOf = (name: string): string => `_i2kit.${name}`;

/** `123456789012/eu-west-1/default-shop`: one stack, whatever its incarnation. */
export const ownerOf = (account: string, region: string, stackName: string): string => `${account}/${region}/${stackName}`;

const text = (owner: string): string => `"i2kit owner=${owner}"`;
const bare = (name = ''): string => name.replace(/\.$/, '').toLowerCase();
const types = ['A', 'AAAA'] as const;
const ttl = 300;

export function namesPlan(records: readonly RecordSet[], aliases: Aliases, owner: string): NamesPlan {
  const at = new Map<string, RecordSet[]>();
  for (const record of records) at.set(bare(record.Name), [...(at.get(bare(record.Name)) ?? []), record]);
  const of = (name: string): readonly RecordSet[] => at.get(bare(name)) ?? [];
  const ownerAt = (name: string): string | undefined => {
    const value = of(markOf(name)).find(({ Type }) => Type === 'TXT')?.ResourceRecords?.[0]?.Value;
    return value === undefined ? undefined : (/^"i2kit owner=(.*)"$/.exec(value)?.[1] ?? value);
  };
  const plan = {
    changes: [] as RecordChange[],
    create: [] as string[],
    update: [] as string[],
    remove: [] as string[],
    same: [] as string[],
  };
  const taken: { name: string; by: string }[] = [];
  for (const name of Object.keys(aliases).sort()) {
    const target = aliases[name] as Aliases[string];
    const there = of(name).filter(({ Type }) => ['A', 'AAAA', 'CNAME'].includes(Type ?? ''));
    const whose = ownerAt(name);
    if (whose !== undefined && whose !== owner) taken.push({ name, by: whose });
    else if (whose === undefined && there.length > 0)
      taken.push({ name, by: there.map(({ Type, ...each }) => `${Type} ${saidBy(each)}`).join(', ') });
    else if (types.every((type) => there.some((record) => record.Type === type && leadsTo(record, target)))) plan.same.push(name);
    else {
      // A CREATE fails where someone was faster, and with it the whole batch.
      const Action = whose === undefined ? 'CREATE' : 'UPSERT';
      plan[whose === undefined ? 'create' : 'update'].push(name);
      const mark: RecordSet = { Name: `${markOf(name)}.`, Type: 'TXT', TTL: ttl, ResourceRecords: [{ Value: text(owner) }] };
      plan.changes.push(
        ...[mark, ...types.map((type) => alias(name, type, target))].map((ResourceRecordSet) => ({ Action, ResourceRecordSet }) as const),
      );
    }
  }
  const marks = [...at.keys()].filter((name) => name.startsWith('_i2kit.')).map((name) => name.slice('_i2kit.'.length));
  for (const name of marks.filter((each) => ownerAt(each) === owner && !Object.keys(aliases).some((kept) => bare(kept) === each)).sort()) {
    plan.remove.push(name);
    const gone = [
      ...of(name).filter(({ Type }) => types.some((type) => type === Type)),
      ...of(markOf(name)).filter(({ Type }) => Type === 'TXT'),
    ];
    plan.changes.push(...gone.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet }) as const));
  }
  return { ...plan, taken };
}

const alias = (name: string, type: string, { dnsName, hostedZone }: Aliases[string]): RecordSet => ({
  Name: `${name}.`,
  Type: type,
  AliasTarget: { DNSName: `${bare(dnsName)}.`, HostedZoneId: hostedZone, EvaluateTargetHealth: false },
});

const leadsTo = ({ AliasTarget }: RecordSet, { dnsName, hostedZone }: Aliases[string]): boolean =>
  bare(AliasTarget?.DNSName) === bare(dnsName) && AliasTarget?.HostedZoneId === hostedZone;

const saidBy = ({ AliasTarget, ResourceRecords = [] }: RecordSet): string =>
  AliasTarget?.DNSName ?? ResourceRecords.map(({ Value }) => Value ?? '').join(' ');
