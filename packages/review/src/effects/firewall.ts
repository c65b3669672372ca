// What a security group lets through, as a set of rules: the order in which they are written and their descriptions are nothing to a packet.
import { text } from '../differ/values.ts';
import { intrinsic, isList, isObject, type Json, type Resource, refOf, type Template } from '../template.ts';

export interface Rule {
  readonly direction: 'in' | 'out';
  /** `tcp`, `udp`, `icmp`, or `all`. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** A CIDR, the logical id of a group, or whatever else names the other side. */
  readonly peer: string;
  /** True where the other side is machines of this app: they are machines of the environment too. */
  readonly machines?: true;
  /** The Kubernetes object that asked for it, where its description names one. */
  readonly because?: string;
}

/** The rules of a group: those inside of it, and those that stand beside it and name it. */
export function rulesOf({ Resources }: Template, id: string): readonly Rule[] {
  const { SecurityGroupIngress, SecurityGroupEgress } = Resources[id]?.Properties ?? {};
  const inside = [
    ...list(SecurityGroupIngress).map((rule) => ruleOf('in', rule)),
    ...list(SecurityGroupEgress).map((rule) => ruleOf('out', rule)),
  ];
  const all = [...inside, ...Object.values(Resources).flatMap((resource) => (groupNamed(resource) === id ? ruleBeside(resource) : []))];
  return all.map((rule) => (isOfMachines(Resources[rule.peer]) ? { ...rule, machines: true } : rule));
}

/** The group of a workload's machines, or of all of an app's, by what the compiler says of it. */
const isOfMachines = (resource: Resource | undefined): boolean =>
  String(resource?.Properties?.['GroupDescription']).startsWith('Machines of ');

const beside: Readonly<Record<string, Rule['direction']>> = {
  'AWS::EC2::SecurityGroupIngress': 'in',
  'AWS::EC2::SecurityGroupEgress': 'out',
};

/** The group that a rule beside it belongs to. */
export function groupNamed({ Type, Properties = {} }: Resource): string | undefined {
  if (!Object.hasOwn(beside, Type)) return undefined;
  const [, attribute] = intrinsic(Properties['GroupId']) ?? [];
  return refOf(Properties['GroupId']) ?? (isList(attribute) ? String(attribute[0]) : undefined);
}

const ruleBeside = ({ Type, Properties = {} }: Resource): readonly Rule[] => {
  const direction = beside[Type];
  return direction ? [ruleOf(direction, Properties)] : [];
};

function ruleOf(direction: Rule['direction'], rule: Json): Rule {
  const { IpProtocol, FromPort, ToPort, Description, ...rest } = isObject(rule) ? rule : {};
  const protocol = String(IpProtocol) === '-1' ? 'all' : String(IpProtocol);
  const every = protocol === 'all' || FromPort === undefined || Number(FromPort) === -1;
  const ports = { from: every ? 0 : Number(FromPort), to: every ? 65_535 : Number(ToPort) };
  const [because] = /^[A-Z]\w*\/\S+/.exec(typeof Description === 'string' ? Description : '') ?? [];
  return { direction, protocol, ...ports, peer: peerOf(rest), ...(because !== undefined && { because }) };
}

const peers = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'SourcePrefixListId',
  'DestinationPrefixListId',
];

function peerOf(rule: { readonly [key: string]: Json }): string {
  const value = peers.map((name) => rule[name]).find((each) => each !== undefined);
  if (typeof value === 'string') return value;
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Fn::GetAtt' && isList(argument)) return String(argument[0]);
  return name === undefined ? 'anyone' : typeof argument === 'string' ? argument : text(argument ?? '');
}

/** The rules of the one that no rule of the other lets through already. */
export const beyond = (rules: readonly Rule[], others: readonly Rule[]): readonly Rule[] =>
  rules.filter((rule) => !others.some((other) => covers(other, rule)));

const covers = (wide: Rule, narrow: Rule): boolean =>
  wide.direction === narrow.direction &&
  (wide.protocol === 'all' || wide.protocol === narrow.protocol) &&
  wide.from <= narrow.from &&
  wide.to >= narrow.to &&
  coversPeer(wide.peer, narrow);

/** True where some packet could be meant by both, were their peers the same. */
export const overlaps = (a: Rule, b: Rule): boolean =>
  a.direction === b.direction &&
  (a.protocol === b.protocol || a.protocol === 'all' || b.protocol === 'all') &&
  a.from <= b.to &&
  b.from <= a.to;

/** Machines of the app are machines of the environment, and everybody has an address. */
const coversPeer = (wide: string, { peer: narrow, machines }: Rule): boolean =>
  wide === narrow ||
  wide === '0.0.0.0/0' ||
  (isMembers(wide) && machines === true) ||
  (isCidr(wide) && isCidr(narrow) && contains(wide, narrow));

/** The membership group of an environment, as its parameter names it. */
export const isMembers = (peer: string): boolean => /^\/i2kit\/[^/]+\/members$/.test(peer);

const isCidr = (peer: string): boolean => /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(peer);

function contains(wide: string, narrow: string): boolean {
  const [[a, bits], [b, more]] = [parsed(wide), parsed(narrow)];
  const shift = 2 ** (32 - bits);
  return bits <= more && Math.floor(a / shift) === Math.floor(b / shift);
}

function parsed(cidr: string): readonly [address: number, bits: number] {
  const [address = '', bits] = cidr.split('/');
  return [address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0), Number(bits)];
}

/** Rules that narrow one that was there. */
export const narrowed = (is: readonly Rule[], was: readonly Rule[]): readonly Rule[] => {
  const same = ({ because: _, ...rule }: Rule) => JSON.stringify(rule);
  const known = new Set(was.map(same));
  return is.filter((rule) => !known.has(same(rule)) && was.some((other) => covers(other, rule)));
};

/** Anybody at all. */
export const fromEverywhere = ({ direction, peer }: Rule): boolean => direction === 'in' && (peer === '0.0.0.0/0' || peer === '::/0');

/** `tcp/8080 from Members`; `named` says what the other side is called. */
export function ruleText({ direction, protocol, from, to, peer }: Rule, named: (peer: string) => string): string {
  const place = peer === '0.0.0.0/0' || peer === '::/0' ? (direction === 'in' ? 'the internet' : 'anywhere') : named(peer);
  return `${portsText({ protocol, from, to })} ${direction === 'in' ? 'from' : 'to'} ${place}`;
}

/** `tcp/8080`. */
export function portsText({ protocol, from, to }: Pick<Rule, 'protocol' | 'from' | 'to'>): string {
  const ports = protocol === 'all' || (from === 0 && to === 65_535) ? '' : from === to ? `/${from}` : `/${from}-${to}`;
  return `${protocol === 'all' ? 'everything' : protocol}${ports}`;
}

/** Health checks follow from being behind a load balancer: nobody has to read of them. */
export const visible = (rules: readonly Rule[]): readonly Rule[] =>
  rules.filter(({ from, to }) => from !== healthPort || to !== healthPort);
const healthPort = 10_256;

const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
