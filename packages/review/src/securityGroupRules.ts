// Reads the rules of a security group as a set that can be compared: order and descriptions do not matter.
import { canonicalJson, isObject, type Json } from '@i2kit/common';
import { referencesIn } from './diff/references.ts';
import { ipRangeOf, isAllAddresses } from './ipRanges.ts';
import { valueText } from './render/format.ts';
import { intrinsic, isList, type Resource, refOf, type Template } from './template.ts';

export interface SecurityGroupRule {
  readonly direction: 'in' | 'out';
  /** `tcp`, `udp`, `icmp`, `icmpv6`, the number of another protocol, or `all`. */
  readonly protocol: string;
  /** Ports; the type and the code of ICMP, -1 for all. */
  readonly from: number;
  readonly to: number;
  /** A CIDR block, the logical id of a security group, or another name of the peer. */
  readonly peer: string;
  /** True if the peer is machines of this app, which are also machines of the environment. */
  readonly machines?: true;
  /** The Kubernetes object that the rule was made for, if its description names one. */
  readonly requestedBy?: string;
  /** Of a rule that may allow anything: its text, by which alone it is compared. */
  readonly unreadable?: string;
}

type Direction = SecurityGroupRule['direction'];

/** The rules of a security group: inside of it, and in resources of their own. */
export function rulesOfGroup(template: Template, id: string): readonly SecurityGroupRule[] {
  const { Resources } = template;
  const { SecurityGroupIngress, SecurityGroupEgress } = Resources[id]?.Properties ?? {};
  const standalone = Object.values(Resources).flatMap((resource) =>
    groupOfRule(resource) === id ? standaloneRules(resource) : [],
  );
  const out = rulesOfList('out', SecurityGroupEgress);
  const unlimited = isGroup(Resources[id]) && [...out, ...standalone].every(({ direction }) => direction === 'in');
  const all = [...rulesOfList('in', SecurityGroupIngress), ...out, ...standalone, ...(unlimited ? defaultEgress : [])];
  return all.map((rule) => (isMachineGroup(template, rule.peer) ? { ...rule, machines: true } : rule));
}

const isGroup = (resource: Resource | undefined): boolean => resource?.Type === 'AWS::EC2::SecurityGroup';

/**
 * EC2 allows all outgoing traffic if no rule says otherwise.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
export const defaultEgress: readonly SecurityGroupRule[] = ['0.0.0.0/0', '::/0'].map((peer) => ({
  direction: 'out',
  protocol: 'all',
  from: 0,
  to: 65_535,
  peer,
}));

/** True if the group has no list of outgoing rules of its own. */
export function lacksEgressList(template: Template, id: string): boolean {
  const list = template.Resources[id]?.Properties?.['SecurityGroupEgress'];
  return list === undefined || (isList(list) && list.length === 0);
}

/** True for the security group of a workload's machines or of all machines of an app: by its description, and by its members. */
const isMachineGroup = (template: Template, id: string): boolean =>
  String(template.Resources[id]?.Properties?.['GroupDescription']).startsWith('Machines of ') &&
  !loadBalancerGroups(template).has(id);

const loadBalancerGroupsByTemplate = new WeakMap<Template, ReadonlySet<string>>();

function loadBalancerGroups(template: Template): ReadonlySet<string> {
  const find = () =>
    new Set(
      Object.values(template.Resources).flatMap(({ Type, Properties = {} }) =>
        Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' ? referencesIn(Properties).map(({ to }) => to) : [],
      ),
    );
  const found = loadBalancerGroupsByTemplate.get(template) ?? find();
  loadBalancerGroupsByTemplate.set(template, found);
  return found;
}

const standaloneDirections: Readonly<Record<string, Direction>> = {
  'AWS::EC2::SecurityGroupIngress': 'in',
  'AWS::EC2::SecurityGroupEgress': 'out',
};

/** The security group that a standalone rule belongs to: its logical id, or the text of its id. */
export function groupOfRule({ Type, Properties = {} }: Resource): string | undefined {
  if (!Object.hasOwn(standaloneDirections, Type)) return undefined;
  const group = Properties['GroupId'] ?? Properties['GroupName'];
  return group === undefined ? undefined : groupIdOf(group);
}

const standaloneRules = ({ Type, Properties = {} }: Resource): readonly SecurityGroupRule[] => {
  const { GroupId: _, GroupName: __, ...rule } = Properties;
  const direction = standaloneDirections[Type];
  return direction ? rulesOf(direction, rule) : [];
};

function rulesOfList(direction: Direction, list: Json | undefined): readonly SecurityGroupRule[] {
  if (list === undefined) return [];
  return isList(list) ? list.flatMap((rule) => rulesOf(direction, rule)) : [unreadableRule(direction, list)];
}

/** One rule for each peer. */
function rulesOf(direction: Direction, rule: Json): readonly SecurityGroupRule[] {
  if (!isObject(rule) || intrinsic(rule)) return [unreadableRule(direction, rule)];
  const { Description, ...described } = rule;
  const { IpProtocol, FromPort, ToPort, ...peers } = described;
  const traffic = trafficOf(IpProtocol, FromPort, ToPort);
  const names = Object.entries(peers).map(([name, value]) =>
    peerProperties.includes(name) ? peerOf(value) : undefined,
  );
  const unreadable = !traffic || names.length === 0 || names.includes(undefined);
  const [requestedBy] = /^[A-Z]\w*\/\S+/.exec(typeof Description === 'string' ? Description : '') ?? [];
  const request = requestedBy === undefined ? {} : { requestedBy };
  if (unreadable) return [{ ...unreadableRule(direction, described), ...request }];
  return names.map((peer) => ({ direction, ...traffic, peer: peer ?? '', ...request }));
}

const unreadableRule = (direction: Direction, rule: Json): SecurityGroupRule => ({
  direction,
  protocol: 'all',
  from: 0,
  to: 65_535,
  peer: `a rule that i2kit cannot read: ${valueText(rule)}`,
  unreadable: canonicalJson(rule),
});

/** Numbers of protocols that have names: https://www.iana.org/assignments/protocol-numbers */
const protocolNames: Readonly<Record<string, string>> = { '-1': 'all', 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };

type Traffic = Pick<SecurityGroupRule, 'protocol' | 'from' | 'to'>;

/** Undefined if the ports are no numbers, or the protocol is no text. */
function trafficOf(given: Json | undefined, from: Json | undefined, to: Json | undefined): Traffic | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const text = String(given).toLowerCase();
  const protocol = Object.hasOwn(protocolNames, text) ? (protocolNames[text] ?? text) : text;
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6';
  // EC2 ignores the ports of protocols that have none.
  if (protocol !== 'tcp' && protocol !== 'udp' && !isIcmp) return { protocol, from: 0, to: 65_535 };
  if (from === undefined && to === undefined)
    return isIcmp ? { protocol, from: -1, to: -1 } : { protocol, from: 0, to: 65_535 };
  const [low, high] = [portOf(from), portOf(to ?? (isIcmp ? -1 : undefined))];
  if (low === undefined || high === undefined) return undefined;
  if (low === -1 && high === -1) return isIcmp ? { protocol, from: -1, to: -1 } : { protocol, from: 0, to: 65_535 };
  return isIcmp || (low >= 0 && high >= low) ? { protocol, from: low, to: high } : undefined;
}

const portOf = (value: Json | undefined): number | undefined =>
  (typeof value === 'number' && Number.isInteger(value)) || (typeof value === 'string' && /^-?\d+$/.test(value))
    ? Number(value)
    : undefined;

const peerProperties = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'SourceSecurityGroupName',
  'DestinationSecurityGroupId',
  'SourcePrefixListId',
  'DestinationPrefixListId',
];

const peerOf = (value: Json): string => (typeof value === 'string' ? value : groupIdOf(value));

/** The logical id or the parameter of a security group; another value as it is written, so that it equals only itself. */
export function groupIdOf(value: Json): string {
  const own = refOf(value);
  if (own !== undefined) return own;
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Fn::GetAtt') {
    const [id, attribute] = isList(argument) ? argument : String(argument).split(/\.(.*)/);
    if (typeof id === 'string' && attribute === 'GroupId') return id;
  }
  if (name === 'Fn::Ssm' && typeof argument === 'string') return argument;
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** True for the security group of all machines of an environment, by the name of its parameter. */
export const isEnvironmentMembers = (peer: string): boolean => /^\/i2kit\/[^/]+\/members$/.test(peer);

/** `tcp/8080 from Members`; `named` gives the name of the peer. */
export function ruleText(
  { direction, protocol, from, to, peer, unreadable }: SecurityGroupRule,
  named: (peer: string) => string,
): string {
  if (unreadable !== undefined) return peer;
  const range = ipRangeOf(peer);
  const everywhere = direction === 'in' ? 'the internet' : 'anywhere';
  const place = range && isAllAddresses(range) ? everywhere : named(peer);
  return `${portsText({ protocol, from, to })} ${direction === 'in' ? 'from' : 'to'} ${place}`;
}

/** `tcp/8080`. */
export function portsText({ protocol, from, to }: Traffic): string {
  const all = protocol === 'all' || (from === 0 && to === 65_535) || (from === -1 && to === -1);
  const ports = all ? '' : from === to ? `/${from}` : `/${from}-${to}`;
  return `${protocol === 'all' ? 'everything' : protocol}${ports}`;
}

/** Health checks follow from being behind a load balancer and are not worth reading. */
export const withoutHealthChecks = (rules: readonly SecurityGroupRule[]): readonly SecurityGroupRule[] =>
  rules.filter(({ protocol, from, to, peer }) => {
    const isHealthCheck = protocol === 'tcp' && from === healthPort && to === healthPort;
    return !isHealthCheck || ipRangeOf(peer) !== undefined || peer.startsWith('pl-');
  });
const healthPort = 10_256;
