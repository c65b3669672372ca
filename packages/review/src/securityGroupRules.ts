// Reads the rules of a security group as a set that can be compared: order and descriptions do not matter.
import { canonicalJson, isObject, type Json } from '@i2kit/common';
import { intrinsic, isList, type Resource, refOf, type Template } from './template.ts';

export interface SecurityGroupRule {
  readonly direction: 'in' | 'out';
  /** `tcp`, `udp`, `icmp`, or `all`. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** A CIDR block, the logical id of a security group, or another name of the peer. */
  readonly peer: string;
  /** True if the peer is machines of this app, which are also machines of the environment. */
  readonly machines?: true;
  /** The Kubernetes object that the rule was made for, if its description names one. */
  readonly requestedBy?: string;
}

/** The rules of a security group: inside of it, and in resources of their own. */
export function rulesOfGroup({ Resources }: Template, id: string): readonly SecurityGroupRule[] {
  const { SecurityGroupIngress, SecurityGroupEgress } = Resources[id]?.Properties ?? {};
  const inside = [
    ...listOrEmpty(SecurityGroupIngress).map((rule) => parseRule('in', rule)),
    ...listOrEmpty(SecurityGroupEgress).map((rule) => parseRule('out', rule)),
  ];
  const all = [
    ...inside,
    ...Object.values(Resources).flatMap((resource) => (groupOfRule(resource) === id ? standaloneRules(resource) : [])),
  ];
  return all.map((rule) => (isMachineGroup(Resources[rule.peer]) ? { ...rule, machines: true } : rule));
}

/** True for the security group of a workload's machines or of all machines of an app, by its description. */
const isMachineGroup = (resource: Resource | undefined): boolean =>
  String(resource?.Properties?.['GroupDescription']).startsWith('Machines of ');

const standaloneDirections: Readonly<Record<string, SecurityGroupRule['direction']>> = {
  'AWS::EC2::SecurityGroupIngress': 'in',
  'AWS::EC2::SecurityGroupEgress': 'out',
};

/** The security group that a standalone rule belongs to. */
export function groupOfRule({ Type, Properties = {} }: Resource): string | undefined {
  if (!Object.hasOwn(standaloneDirections, Type)) return undefined;
  const [, attribute] = intrinsic(Properties['GroupId']) ?? [];
  return refOf(Properties['GroupId']) ?? (isList(attribute) ? String(attribute[0]) : undefined);
}

const standaloneRules = ({ Type, Properties = {} }: Resource): readonly SecurityGroupRule[] => {
  const direction = standaloneDirections[Type];
  return direction ? [parseRule(direction, Properties)] : [];
};

function parseRule(direction: SecurityGroupRule['direction'], rule: Json): SecurityGroupRule {
  const { IpProtocol, FromPort, ToPort, Description, ...rest } = isObject(rule) ? rule : {};
  const protocol = String(IpProtocol) === '-1' ? 'all' : String(IpProtocol);
  const every = protocol === 'all' || FromPort === undefined || Number(FromPort) === -1;
  const ports = { from: every ? 0 : Number(FromPort), to: every ? 65_535 : Number(ToPort) };
  const [requestedBy] = /^[A-Z]\w*\/\S+/.exec(typeof Description === 'string' ? Description : '') ?? [];
  return { direction, protocol, ...ports, peer: peerOf(rest), ...(requestedBy !== undefined && { requestedBy }) };
}

const peerProperties = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'SourcePrefixListId',
  'DestinationPrefixListId',
];

function peerOf(rule: { readonly [key: string]: Json }): string {
  const value = peerProperties.map((name) => rule[name]).find((each) => each !== undefined);
  if (typeof value === 'string') return value;
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Fn::GetAtt' && isList(argument)) return String(argument[0]);
  return name === undefined ? 'anyone' : typeof argument === 'string' ? argument : canonicalJson(argument ?? '');
}

/** The rules of one set that no rule of the other covers. */
export const rulesBeyond = (
  rules: readonly SecurityGroupRule[],
  others: readonly SecurityGroupRule[],
): readonly SecurityGroupRule[] => rules.filter((rule) => !others.some((other) => ruleCovers(other, rule)));

const ruleCovers = (wide: SecurityGroupRule, narrow: SecurityGroupRule): boolean =>
  wide.direction === narrow.direction &&
  (wide.protocol === 'all' || wide.protocol === narrow.protocol) &&
  wide.from <= narrow.from &&
  wide.to >= narrow.to &&
  peerCovers(wide.peer, narrow);

/** True if some packet could match both rules, apart from their peers. */
export const rulesOverlap = (a: SecurityGroupRule, b: SecurityGroupRule): boolean =>
  a.direction === b.direction &&
  (a.protocol === b.protocol || a.protocol === 'all' || b.protocol === 'all') &&
  a.from <= b.to &&
  b.from <= a.to;

/** Machines of the app are machines of the environment, and all of them have addresses. */
const peerCovers = (wide: string, { peer: narrow, machines }: SecurityGroupRule): boolean =>
  wide === narrow ||
  wide === '0.0.0.0/0' ||
  (isEnvironmentMembers(wide) && machines === true) ||
  (isCidr(wide) && isCidr(narrow) && cidrContains(wide, narrow));

/** True for the security group of all machines of an environment, by the name of its parameter. */
export const isEnvironmentMembers = (peer: string): boolean => /^\/i2kit\/[^/]+\/members$/.test(peer);

const isCidr = (peer: string): boolean => /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(peer);

function cidrContains(wide: string, narrow: string): boolean {
  const [[a, bits], [b, more]] = [parseCidr(wide), parseCidr(narrow)];
  const shift = 2 ** (32 - bits);
  return bits <= more && Math.floor(a / shift) === Math.floor(b / shift);
}

function parseCidr(cidr: string): readonly [address: number, bits: number] {
  const [address = '', bits] = cidr.split('/');
  return [address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0), Number(bits)];
}

/** New rules that an earlier rule covers. */
export const narrowedRules = (
  is: readonly SecurityGroupRule[],
  was: readonly SecurityGroupRule[],
): readonly SecurityGroupRule[] => {
  const same = ({ requestedBy: _, ...rule }: SecurityGroupRule) => JSON.stringify(rule);
  const known = new Set(was.map(same));
  return is.filter((rule) => !known.has(same(rule)) && was.some((other) => ruleCovers(other, rule)));
};

/** True if any address may connect. */
export const isOpenToInternet = ({ direction, peer }: SecurityGroupRule): boolean =>
  direction === 'in' && (peer === '0.0.0.0/0' || peer === '::/0');

/** `tcp/8080 from Members`; `named` gives the name of the peer. */
export function ruleText(
  { direction, protocol, from, to, peer }: SecurityGroupRule,
  named: (peer: string) => string,
): string {
  const place =
    peer === '0.0.0.0/0' || peer === '::/0' ? (direction === 'in' ? 'the internet' : 'anywhere') : named(peer);
  return `${portsText({ protocol, from, to })} ${direction === 'in' ? 'from' : 'to'} ${place}`;
}

/** `tcp/8080`. */
export function portsText({ protocol, from, to }: Pick<SecurityGroupRule, 'protocol' | 'from' | 'to'>): string {
  const ports = protocol === 'all' || (from === 0 && to === 65_535) ? '' : from === to ? `/${from}` : `/${from}-${to}`;
  return `${protocol === 'all' ? 'everything' : protocol}${ports}`;
}

/** Health checks follow from being behind a load balancer and are not worth reading. */
export const withoutHealthChecks = (rules: readonly SecurityGroupRule[]): readonly SecurityGroupRule[] =>
  rules.filter(({ from, to }) => from !== healthPort || to !== healthPort);
const healthPort = 10_256;

const listOrEmpty = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
