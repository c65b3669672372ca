// Plans the changes that give a zone the DNS names of a stack, without touching records of other owners.
//
// Each name has a TXT record that names its owner. An existing name without this stack's TXT record belongs to
// another owner.
import type { DnsRecordChange, DnsRecordSet } from '../ports/route53.ts';

/** By name: the DNS name of its load balancer, and that name's hosted zone. */
export type AliasTargets = Readonly<Record<string, { readonly dnsName: string; readonly hostedZone: string }>>;

export interface DnsRecordsPlan {
  /** In an order that does not depend on the zone's order. */
  readonly changes: readonly DnsRecordChange[];
  /** Names by action. */
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly remove: readonly string[];
  readonly same: readonly string[];
  /** Names of other owners, each with its known owner. */
  readonly taken: readonly { readonly name: string; readonly by: string }[];
}

/** `_i2kit.web.example.com`: the TXT record that names the owner of `web.example.com`. */
export const ownershipRecordName = (name: string): string => `_i2kit.${name}`;

/** `123456789012/eu-west-1/default-shop`: a stack name, the same if the stack is recreated. */
export const recordOwnerOf = (account: string, region: string, stackName: string): string =>
  `${account}/${region}/${stackName}`;

const ownershipRecordValue = (owner: string): string => `"i2kit owner=${owner}"`;
const comparableName = (name = ''): string => name.replace(/\.$/, '').toLowerCase();
const aliasRecordTypes = ['A', 'AAAA'] as const;
const ownershipRecordTtl = 300;

export function dnsRecordsPlan(records: readonly DnsRecordSet[], aliases: AliasTargets, owner: string): DnsRecordsPlan {
  const at = new Map<string, DnsRecordSet[]>();
  for (const record of records)
    at.set(comparableName(record.Name), [...(at.get(comparableName(record.Name)) ?? []), record]);
  const of = (name: string): readonly DnsRecordSet[] => at.get(comparableName(name)) ?? [];
  const ownerAt = (name: string): string | undefined => {
    const value = of(ownershipRecordName(name)).find(({ Type }) => Type === 'TXT')?.ResourceRecords?.[0]?.Value;
    return value === undefined ? undefined : (/^"i2kit owner=(.*)"$/.exec(value)?.[1] ?? value);
  };
  const plan = {
    changes: [] as DnsRecordChange[],
    create: [] as string[],
    update: [] as string[],
    remove: [] as string[],
    same: [] as string[],
  };
  const taken: { name: string; by: string }[] = [];
  for (const name of Object.keys(aliases).sort()) {
    const target = aliases[name] as AliasTargets[string];
    const there = of(name).filter(({ Type }) => ['A', 'AAAA', 'CNAME'].includes(Type ?? ''));
    const whose = ownerAt(name);
    if (whose !== undefined && whose !== owner) taken.push({ name, by: whose });
    else if (whose === undefined && there.length > 0)
      taken.push({ name, by: there.map(({ Type, ...each }) => `${Type} ${recordTargetText(each)}`).join(', ') });
    else if (
      aliasRecordTypes.every((type) => there.some((record) => record.Type === type && isAliasOf(record, target)))
    )
      plan.same.push(name);
    else {
      // A CREATE fails if another owner was faster, and the whole batch with it.
      const action = whose === undefined ? 'CREATE' : 'UPSERT';
      plan[whose === undefined ? 'create' : 'update'].push(name);
      const mark: DnsRecordSet = {
        Name: `${ownershipRecordName(name)}.`,
        Type: 'TXT',
        TTL: ownershipRecordTtl,
        ResourceRecords: [{ Value: ownershipRecordValue(owner) }],
      };
      plan.changes.push(
        ...[mark, ...aliasRecordTypes.map((type) => aliasRecord(name, type, target))].map(
          (record): DnsRecordChange => ({ action, record }),
        ),
      );
    }
  }
  const marks = [...at.keys()].filter((name) => name.startsWith('_i2kit.')).map((name) => name.slice('_i2kit.'.length));
  for (const name of marks
    .filter((each) => ownerAt(each) === owner && !Object.keys(aliases).some((kept) => comparableName(kept) === each))
    .sort()) {
    plan.remove.push(name);
    const gone = [
      ...of(name).filter(({ Type }) => aliasRecordTypes.some((type) => type === Type)),
      ...of(ownershipRecordName(name)).filter(({ Type }) => Type === 'TXT'),
    ];
    plan.changes.push(...gone.map((record): DnsRecordChange => ({ action: 'DELETE', record })));
  }
  return { ...plan, taken };
}

const aliasRecord = (name: string, type: string, { dnsName, hostedZone }: AliasTargets[string]): DnsRecordSet => ({
  Name: `${name}.`,
  Type: type,
  AliasTarget: { DNSName: `${comparableName(dnsName)}.`, HostedZoneId: hostedZone, EvaluateTargetHealth: false },
});

const isAliasOf = ({ AliasTarget }: DnsRecordSet, { dnsName, hostedZone }: AliasTargets[string]): boolean =>
  comparableName(AliasTarget?.DNSName) === comparableName(dnsName) && AliasTarget?.HostedZoneId === hostedZone;

const recordTargetText = ({ AliasTarget, ResourceRecords = [] }: DnsRecordSet): string =>
  AliasTarget?.DNSName ?? ResourceRecords.map(({ Value }) => Value ?? '').join(' ');
