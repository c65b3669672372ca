// Security groups in every form that CloudFormation takes, and who joins them: what cannot be read counts as open.
import type { Json } from '@i2kit/common';
import { ipRangeOf, isPrivateRange, rangeContains } from '../src/ipRanges.ts';
import { reviewStack } from '../src/review.ts';
import type { Resource } from '../src/template.ts';

type Resources = Readonly<Record<string, Resource>>;
type Properties = Readonly<Record<string, Json>>;

const linesOf = (before: Resources, after: Resources): readonly string[] =>
  reviewStack({
    stack: 's',
    before: { template: { Resources: before } },
    after: { template: { Resources: after } },
  }).effects.map(({ verb, text, guard }) => `${verb} ${text}${guard ? ` [${guard}]` : ''}`);
const isGuarded = (before: Resources, after: Resources): boolean =>
  linesOf(before, after).some((line) => line.endsWith('[network]'));

const out: Json = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }];
const group = (SecurityGroupIngress: Json, more: Properties = {}, object = 'Deployment/default/db'): Resource => ({
  Type: 'AWS::EC2::SecurityGroup',
  Metadata: { 'i2kit:origin': object },
  Properties: { GroupDescription: `Machines of ${object}`, SecurityGroupIngress, SecurityGroupEgress: out, ...more },
});
const rule = (more: Properties = {}): Json => ({
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  CidrIp: '10.0.0.0/8',
  ...more,
});
const withoutPeer = (more: Properties): Json => ({ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...more });

test.each<[string, Json, boolean]>([
  ['a function around a rule', [rule(), { 'Fn::If': ['C', rule(), { Ref: 'AWS::NoValue' }] }], true],
  ['a function around the rules', { 'Fn::If': ['C', [], []] }, true],
  ['a protocol that is computed', [rule({ IpProtocol: { Ref: 'P' } })], true],
  ['a port that is computed', [rule({ FromPort: { Ref: 'P' } })], true],
  ['a second address', [rule({ CidrIpv6: '::/0' })], true],
  ['no peer', [withoutPeer({})], true],
  ['a property that nobody knows', [rule({ SourceSecurityGroupOwnerId: '123456789012' })], true],
  ['all of an address, written otherwise', [rule({ CidrIp: '10.1.2.3/0' })], true],
  ['half of all addresses', [rule({ CidrIp: '0.0.0.0/1' })], true],
  ['a range that is none', [rule({ CidrIp: '10.0.0.0' })], true],
  ['a prefix list', [withoutPeer({ SourcePrefixListId: 'pl-1' })], true],
  ['all protocols by number', [rule({ IpProtocol: -1 })], true],
  ['a protocol without ports', [rule({ IpProtocol: '50' })], true],
  ['the same by the number of its protocol', [rule({ IpProtocol: '6' })], false],
  ['the same with ports as texts', [rule({ FromPort: '80', ToPort: '80' })], false],
  ['fewer addresses', [rule({ CidrIp: '10.1.0.0/16' })], false],
  ['a health check from everywhere', [rule(), rule({ FromPort: 10_256, ToPort: 10_256, CidrIp: '0.0.0.0/0' })], true],
])('%s', (_, rules, wider) => {
  expect(isGuarded({ G: group([rule()]) }, { G: group(rules) })).toBe(wider);
});

test.each<[string, Json, Json]>([
  ['other parameters of a protocol', [rule({ IpProtocol: { Ref: 'A' } })], [rule({ IpProtocol: { Ref: 'B' } })]],
  [
    'another function of the same name',
    [withoutPeer({ SourceSecurityGroupId: { Ref: 'X' } })],
    [withoutPeer({ SourceSecurityGroupId: { 'Fn::ImportValue': 'X' } })],
  ],
  [
    'addresses of version 6',
    [rule({ CidrIp: '0.0.0.0/0' })],
    [rule({ CidrIp: '0.0.0.0/0' }), withoutPeer({ CidrIpv6: '::/0' })],
  ],
  ['more of version 6', [withoutPeer({ CidrIpv6: 'fd00::/16' })], [withoutPeer({ CidrIpv6: 'fc00::/7' })]],
  [
    'another type of ICMP',
    [rule({ IpProtocol: 'icmp', FromPort: 0, ToPort: -1 })],
    [rule({ IpProtocol: 'icmp', FromPort: 8, ToPort: -1 })],
  ],
  [
    'all types of ICMP',
    [rule({ IpProtocol: 'icmp', FromPort: 8, ToPort: 0 })],
    [rule({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1 })],
  ],
])('%s are wider', (_, before, after) => {
  expect(isGuarded({ G: group(before) }, { G: group(after) })).toBe(true);
});

test('a group without outgoing rules allows all of them', () => {
  const limited = { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }] };
  const { SecurityGroupEgress: _, ...open } = group([]).Properties ?? {};
  const rest: Resource = { Type: 'AWS::EC2::SecurityGroup', Properties: open };
  expect(linesOf({ G: { ...group([], limited) } }, { G: { ...group([]), ...rest } })).toEqual([
    'UPDATE opens everything to anywhere [network]',
  ]);
  expect(isGuarded({ G: group([], limited) }, { G: group([], { SecurityGroupEgress: [] }) })).toBe(true);
  const beside: Resource = {
    Type: 'AWS::EC2::SecurityGroupEgress',
    Properties: { GroupId: { Ref: 'G' }, IpProtocol: '-1', CidrIp: '127.0.0.1/32' },
  };
  expect(isGuarded({ G: group([], limited) }, { G: { ...group([]), ...rest }, beside })).toBe(true);
});

describe('rules in resources of their own', () => {
  const beside = (GroupId: Json, CidrIp: string): Resource => ({
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp },
  });
  const topic: Resource = { Type: 'AWS::SNS::Topic' };
  test.each<[string, Json]>([
    ['a group outside of the stack', 'sg-0123456789abcdef0'],
    ['a group that is imported', { 'Fn::ImportValue': 'x' }],
    ['a group of the stack, as a text', { 'Fn::GetAtt': 'G.GroupId' }],
  ])('%s', (_, id) => {
    const G = group([]);
    expect(isGuarded({ topic, G }, { topic, G, R: beside(id, '0.0.0.0/0') })).toBe(true);
    expect(isGuarded({ G, R: beside(id, '10.0.0.0/16') }, { G, R: beside(id, '10.0.0.0/8') })).toBe(true);
    expect(isGuarded({ G, R: beside(id, '10.0.0.0/8') }, { G, R: beside(id, '10.0.0.0/16') })).toBe(false);
  });
});

describe('members', () => {
  const launch = (Groups: Json, more: Properties = {}, object = 'Deployment/default/web'): Resource => ({
    Type: 'AWS::EC2::LaunchTemplate',
    Metadata: { 'i2kit:origin': object },
    Properties: {
      LaunchTemplateData: {
        MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: false, Groups, ...more }],
      },
    },
  });
  const balancer = (SecurityGroups: Json | undefined, Scheme = 'internal'): Resource => ({
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Type: 'network', Scheme, ...(SecurityGroups !== undefined && { SecurityGroups }) },
  });
  const stack = { G: group([], {}, 'Deployment/default/web'), Other: group([]) };
  const own: Json = [{ Ref: 'G' }];
  const network = (before: Resources, after: Resources) =>
    linesOf({ ...stack, ...before }, { ...stack, ...after }).filter((line) => line.endsWith('[network]'));

  test.each<[string, Resource, string]>([
    [
      'a group of another workload',
      launch([{ Ref: 'G' }, { Ref: 'Other' }]),
      'joins security groups: Other of Deployment/db',
    ],
    ['a group outside of the stack', launch([{ Ref: 'G' }, 'sg-1']), 'joins security groups: sg-1'],
    ['groups that are computed', launch({ 'Fn::Split': [',', 'a'] }), 'joins security groups: {"Fn::Split":[",","a"]}'],
    ['no group', launch([]), 'loses its security groups: the default group of the network applies'],
    ['an interface that exists', launch(own, { NetworkInterfaceId: 'eni-1' }), 'joins security groups: eni-1'],
    ['a public address', launch(own, { AssociatePublicIpAddress: true }), 'machines get public addresses'],
    [
      'an address by a parameter',
      launch(own, { AssociatePublicIpAddress: { Ref: 'P' } }),
      'machines get public addresses',
    ],
    ['addresses of version 6', launch(own, { Ipv6AddressCount: 1 }), 'machines get public addresses'],
  ])('a launch template gets %s', (_, after, text) => {
    expect(network({ T: launch(own) }, { T: after })).toEqual([`UPDATE ${text} [network]`]);
  });

  test('a launch template without a word about public addresses', () => {
    const silent = launch(own);
    const data = { NetworkInterfaces: [{ DeviceIndex: 0, Groups: own }] };
    expect(network({ T: launch(own) }, { T: { ...silent, Properties: { LaunchTemplateData: data } } })).toEqual([
      'UPDATE the subnet decides whether machines get public addresses [network]',
    ]);
  });

  test('machines, interfaces and load balancers have groups, too', () => {
    const machine = (GroupSet: Json): Resource => ({
      Type: 'AWS::EC2::Instance',
      Properties: { NetworkInterfaces: [{ DeviceIndex: '0', GroupSet }] },
    });
    const card = (GroupSet: Json): Resource => ({ Type: 'AWS::EC2::NetworkInterface', Properties: { GroupSet } });
    for (const make of [machine, card, balancer])
      expect(network({ X: make(own) }, { X: make([{ Ref: 'G' }, { Ref: 'Other' }]) })).toEqual([
        'UPDATE joins security groups: Other of Deployment/db [network]',
      ]);
    expect(network({ X: balancer(own) }, { X: balancer(undefined) })).toHaveLength(1);
  });

  test('a load balancer that becomes public', () => {
    expect(network({ B: balancer(own) }, { B: balancer(own, 'internet-facing') })).toEqual([
      'UPDATE load balancer becomes public [network]',
    ]);
    expect(network({ B: balancer(own, 'internet-facing') }, { B: balancer(own) })).toEqual([]);
  });

  test('a new workload has its own groups, and not those of others', () => {
    const web = { G: group([], {}, 'Deployment/default/new') };
    const added = (Groups: Json) => network({}, { ...web, T: launch(Groups, {}, 'Deployment/default/new') });
    expect(added([{ Ref: 'G' }])).toEqual([]);
    expect(added([{ Ref: 'G' }, { Ref: 'Other' }])).toEqual([
      'UPDATE joins security groups: Other of Deployment/db [network]',
    ]);
  });

  test('a new group that existing machines join is as open as its rules elsewhere', () => {
    const Db = (peers: readonly string[]) => group(peers.map((Ref) => withoutPeer({ SourceSecurityGroupId: { Ref } })));
    const N = group([], {}, 'Deployment/default/new');
    const T = launch(own);
    expect(network({ T, Other: Db(['X']) }, { T, N, Other: Db(['X', 'N']) })).toEqual([]);
    expect(
      network({ T, Other: Db(['X']) }, { T: launch([{ Ref: 'G' }, { Ref: 'N' }]), N, Other: Db(['X', 'N']) }),
    ).toEqual(['UPDATE opens tcp/80 from Deployment/new [network]']);
  });

  test("a load balancer's group is not that of machines, whatever its description", () => {
    const members: Json = { SourceSecurityGroupId: { 'Fn::Ssm': '/i2kit/default/members' } };
    const Lb = group([], {}, 'Service/default/web');
    const B = balancer([{ Ref: 'Lb' }]);
    const db = (peer: Json): Resource => group([withoutPeer(peer as Properties)]);
    const opened = network(
      { B, Lb, Other: db(members) },
      { B, Lb, Other: db({ SourceSecurityGroupId: { Ref: 'Lb' } }) },
    );
    expect(opened).toEqual([
      'UPDATE opens tcp/80 from Service/web; closes tcp/80 from all machines of the environment [network]',
    ]);
  });

  test('an address that machines get by a resource of its own', () => {
    const address: Resource = {
      Type: 'AWS::EC2::EIPAssociation',
      Properties: { AllocationId: 'a', NetworkInterfaceId: { Ref: 'C' } },
    };
    expect(network({}, { A: address })).toEqual(['UPDATE machines get public addresses [network]']);
  });
});

test.each([
  ['10.0.0.0/8', '10.1.2.3/32', true],
  ['10.1.2.3/8', '10.200.0.0/16', true],
  ['10.0.0.0/16', '10.0.0.0/8', false],
  ['::/0', '0.0.0.0/0', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
  ['2001:DB8:0:0:0:0:0:0/32', '2001:db8::1/128', true],
])('%s contains %s: %s', (wide, narrow, expected) => {
  const [outer, inner] = [ipRangeOf(wide), ipRangeOf(narrow)];
  expect(outer && inner && rangeContains(outer, inner)).toBe(expected);
});

test.each(['', '10.0.0.0', '10.0.0/8', '10.0.0.256/8', '010.0.0.0/8', '10.0.0.0/33', '::1::/8', '1:2/8', 'g::/8'])(
  '%s is no range',
  (text) => {
    expect(ipRangeOf(text)).toBeUndefined();
  },
);

test.each([
  ['172.16.0.0/12', true],
  ['172.16.0.0/11', false],
  ['fd00::/8', true],
  ['2000::/3', false],
])('%s is private: %s', (text, expected) => {
  const range = ipRangeOf(text);
  expect(range && isPrivateRange(range)).toBe(expected);
});
