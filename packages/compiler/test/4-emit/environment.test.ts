// The foundation template: what an AWS reviewer would look for, and the handover that apps' templates read.

import { environmentTemplate } from '../../src/4-emit/aws/environment/index.ts';
import { environmentParameters } from '../../src/4-emit/aws/environmentParameters.ts';
import type { Config } from '../../src/options.ts';
import type { ResourceTypes } from '../../src/resourceTypes.ts';
import type { Resource, Template } from '../../src/template.ts';

function made(config: Config = {}, env = 'prod'): Template {
  const result = environmentTemplate({ env, config });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.template;
}

const codes = (config: Config) => environmentTemplate({ env: 'prod', config }).diagnostics.map(({ code }) => code);

const ofType = <T extends keyof ResourceTypes>(template: Template, type: T) =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type) as unknown as [string, Resource<T>][];

const all: readonly Config[] = [
  {},
  { hostedZone: 'example.com', tags: { team: 'shop' }, network: { egress: 'per-zone', zones: 3, cidr: '10.4.0.0/20' } },
  { bucket: false, network: { egress: 'none', zones: 1, cidr: '192.168.0.0/24' } },
  { network: { zones: 6, egress: 'one' } },
];

test.each(all)('every reference of %j is to something that is there', (config) => {
  const template = made(config);
  const ids = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters ?? {}), 'AWS::Region']);
  const missing: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref' && !ids.has(String(inner))) missing.push(String(inner));
      else if (key === 'Fn::GetAtt' && !ids.has(inner[0])) missing.push(inner[0]);
      else if (key === 'DependsOn') missing.push(...inner.filter((id: string) => !ids.has(id)));
      visit(inner);
    }
  };
  visit(template);
  expect(missing).toEqual([]);
});

test.each(all)('every resource of %j starts with its type and says where it comes from', (config) => {
  for (const resource of Object.values(made(config).Resources)) {
    expect(Object.keys(resource)[0]).toBe('Type');
    expect(Object.keys(resource).at(-1)).toBe('Properties');
    expect(resource.Metadata?.['i2kit:origin']).toBe('environment/prod');
  }
});

test('the same options give the same bytes, and the zones that are there stay as they are when one is added', () => {
  expect(JSON.stringify(made({ hostedZone: 'a.example' }))).toBe(JSON.stringify(made({ hostedZone: 'a.example' })));
  const two = made({ network: { zones: 2 } });
  const three = made({ network: { zones: 3 } });
  for (const [id, resource] of ofType(two, 'AWS::EC2::Subnet')) expect(three.Resources[id]).toEqual(resource);
});

test('another egress replaces no subnet, table or association', () => {
  const one = made();
  const none = made({ network: { egress: 'none' } });
  for (const type of ['AWS::EC2::Subnet', 'AWS::EC2::RouteTable', 'AWS::EC2::SubnetRouteTableAssociation'] as const) {
    expect(ofType(none, type)).toEqual(ofType(one, type));
  }
});

test.each([
  ['per-zone', 3, [1, 2, 3]],
  ['one', 1, [1, 1, 1]],
  ['none', 0, []],
] as const)('egress %s: %d gateways', (egress, count, of) => {
  const template = made({ network: { egress, zones: 3 } });
  expect(ofType(template, 'AWS::EC2::NatGateway')).toHaveLength(count);
  expect(ofType(template, 'AWS::EC2::EIP')).toHaveLength(count);
  const routes = ofType(template, 'AWS::EC2::Route').flatMap(([, { Properties }]) =>
    Properties.NatGatewayId ? [Properties.NatGatewayId] : [],
  );
  expect(routes).toEqual(of.map((zone) => ({ Ref: `NatGateway${zone}` })));
  expect(template.Resources['HandoverEgress']?.Properties).toMatchObject({ Name: '/i2kit/prod/egress', Value: egress });
});

/** The blocks that EC2 would cut, by the indices in the template. */
test.each([
  ['10.0.0.0/16', 12],
  ['10.0.0.0/20', 8],
  ['10.0.0.0/24', 4],
])('%s is cut into 16 blocks of which no two subnets share one', (cidr, bits) => {
  const subnets = ofType(made({ network: { cidr, zones: 6 } }), 'AWS::EC2::Subnet').map(
    ([, { Properties }]) => Properties,
  );
  const cuts = subnets.map(
    ({ CidrBlock }) => CidrBlock as unknown as { 'Fn::Select': [number, { 'Fn::Cidr': unknown[] }] },
  );
  const indices = cuts.map((cut) => cut['Fn::Select'][0]);
  expect(new Set(indices).size).toBe(12);
  for (const index of indices) expect(index).toBeLessThan(16);
  for (const cut of cuts) expect(cut['Fn::Select'][1]['Fn::Cidr'].slice(1)).toEqual([16, bits]);
  for (const { MapPublicIpOnLaunch } of subnets) expect(MapPublicIpOnLaunch).toBe(false);
});

test('what apps read is what the environment hands over', () => {
  const template = made({ hostedZone: 'example.com' });
  const given = ofType(template, 'AWS::SSM::Parameter').map(([, { Properties }]) => ({
    name: path(Properties.Name),
    list: Properties.Type === 'StringList',
  }));
  for (const { Default, Type } of Object.values(environmentParameters('prod', ['eu-west-1a']))) {
    const list = Type.includes('List<');
    expect(given).toContainEqual({ name: Default?.replace('eu-west-1a', '<zone>'), list });
  }
});

function path(name: unknown): string {
  if (typeof name === 'string') return name;
  const [start, zone] = (name as { 'Fn::Join': [string, [string, unknown]] })['Fn::Join'][1];
  expect(zone).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^(Private|Public)Subnet[12]$/), 'AvailabilityZone'] });
  return `${start}<zone>`;
}

test('the public zone is asked for only where there is one', () => {
  expect(made().Parameters).toBeUndefined();
  expect(made().Resources['HandoverZonesPublic']).toBeUndefined();
  const template = made({ hostedZone: 'example.com.' });
  expect(template.Parameters).toEqual({
    PublicZoneId: { Type: 'AWS::Route53::HostedZone::Id', Description: 'Public hosted zone of example.com' },
  });
  expect(template.Resources['HandoverZonesPublic']?.Properties).toMatchObject({ Value: { Ref: 'PublicZoneId' } });
});

test('the private zone says how long absence may be remembered', () => {
  const [[, zone] = []] = ofType(made(), 'AWS::Route53::HostedZone');
  expect(zone?.Metadata?.['i2kit:negative-caching-seconds']).toBe(5);
  expect(zone?.Properties).toMatchObject({ Name: 'cluster.local', VPCs: [{ VPCId: { Ref: 'Vpc' } }] });
});

test('membership lets nothing in or out', () => {
  const [[, members] = []] = ofType(made(), 'AWS::EC2::SecurityGroup');
  expect(members?.Properties.SecurityGroupIngress).toBeUndefined();
  expect(members?.Properties.SecurityGroupEgress).toEqual([
    { IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing' },
  ]);
  for (const template of all.map((config) => made(config)))
    expect(ofType(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
});

test('the bucket outlives the stack, and is private, encrypted, versioned and for TLS only', () => {
  const template = made();
  const [[, bucket] = []] = ofType(template, 'AWS::S3::Bucket');
  expect(bucket).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  expect(bucket?.Properties).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    VersioningConfiguration: { Status: 'Enabled' },
  });
  // Machines read their payload whenever they boot: what is current never expires.
  const rules = bucket?.Properties.LifecycleConfiguration as unknown as {
    Rules: { Prefix?: string; ExpirationInDays?: number }[];
  };
  for (const { Prefix, ExpirationInDays } of rules.Rules)
    if (ExpirationInDays) expect(Prefix).toBe('i2kit/prod/templates/');
  expect(rules.Rules[0]).toEqual({
    Id: 'versions',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    ExpiredObjectDeleteMarker: true,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  });
  expect(bucket?.Properties.BucketEncryption).toEqual({
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
  });
  const [[, policy] = []] = ofType(template, 'AWS::S3::BucketPolicy');
  expect(policy).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  // Everything in the bucket, and the bucket itself, is denied to everyone without TLS.
  const arn = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
  const denied = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, { 'Fn::Join': ['', [arn, '/*']] }],
  };
  expect(JSON.parse(JSON.stringify(policy?.Properties.PolicyDocument))).toEqual({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TlsOnly', ...denied, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'Tls12OrNewer', ...denied, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    ],
  });
  expect(Object.keys(made({ bucket: false }).Resources).filter((id) => id.includes('Bucket'))).toEqual([]);
});

test('nothing has a physical name but the parameters, which are found by it', () => {
  const named = /^(GroupName|BucketName|RoleName)$/;
  for (const config of all) {
    for (const resource of Object.values(made(config).Resources)) {
      expect(Object.keys(resource.Properties).filter((key) => named.test(key))).toEqual([]);
    }
  }
});

test('everything that can be tagged is', () => {
  const template = made({ tags: { team: 'shop' } });
  const untagged = Object.values(template.Resources).filter(
    ({ Properties }) => !JSON.stringify(Properties).includes('shop'),
  );
  const cannot = [
    'AWS::EC2::Route',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::S3::BucketPolicy',
  ];
  expect(new Set(untagged.map(({ Type }) => Type))).toEqual(new Set(cannot));
});

test.each([
  '10.0.0.0/25',
  '10.0.0.0/15',
  '10.0.0.0',
  '10.0.0/16',
  '10.0.0.256/16',
  '010.0.0.0/16',
  '10.0.0.0/16/1',
  '::/16',
  '',
])('the network %j is refused', (cidr) => expect(codes({ network: { cidr } })).toEqual(['I2K710']));

test.each([0, -1, 7, 1.5, Number.NaN])('%d zones are refused', (zones) =>
  expect(codes({ network: { zones } })).toEqual(['I2K711']),
);

test('what is refused says where', () => {
  const result = environmentTemplate({ env: 'prod', config: { network: { cidr: 'x', zones: 9 } } });
  expect(result.ok).toBe(false);
  expect(result.diagnostics.map(({ path, severity }) => [severity, ...path])).toEqual([
    ['error', 'network', 'cidr'],
    ['error', 'network', 'zones'],
  ]);
});

test('public addresses are warned of', () => {
  expect(codes({ network: { egress: 'none' } })).toEqual(['I2K712']);
  expect(codes({})).toEqual([]);
});
