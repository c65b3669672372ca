// Effects on data, names, tags and other resources, and their order.
import { reviewStack } from '../src/review.ts';
import type { Resource, Template } from '../src/template.ts';
import { effectsIn, effectsOf, lineOf, type Resources, type Values } from './helpers/effects.ts';

const volume = (properties: Values = {}, more: Partial<Resource> = {}): Resource => ({
  Type: 'AWS::EC2::Volume',
  DeletionPolicy: 'Delete',
  ...more,
  Properties: { Size: 10, AvailabilityZone: 'eu-west-1a', ...properties },
});
const dataLines = (before: Resources, after: Resources) => effectsIn('data', before, after).map(lineOf);
const other = (type: string, properties: Values = {}, object?: string): Resource => ({
  Type: type,
  ...(object !== undefined && { Metadata: { 'i2kit:origin': object } }),
  Properties: properties,
});

describe('data', () => {
  test.each([
    ['created', undefined, volume({ VolumeType: 'gp3' }), 'CREATE volume of 10 GiB gp3 in eu-west-1a'],
    ['grown', volume(), volume({ Size: 20 }), 'UPDATE volume grows from 10 to 20 GiB in place'],
    ['faster', volume(), volume({ Iops: 4000 }), 'UPDATE volume of 10 GiB in eu-west-1a, in place'],
    [
      'in another zone',
      volume(),
      volume({ AvailabilityZone: 'eu-west-1b' }),
      'FAIL the zone of a volume cannot change [fails]',
    ],
    ['encrypted', volume(), volume({ Encrypted: true }), 'FAIL the encryption of a volume cannot change [fails]'],
    ['with another key', volume(), volume({ KmsKeyId: 'k' }), 'FAIL the key of a volume cannot change [fails]'],
    [
      'in a zone that is known later',
      undefined,
      volume({ AvailabilityZone: { Ref: 'Zone' } }),
      'CREATE volume of 10 GiB',
    ],
  ])('a volume is %s', (_, before, after, line) => {
    expect(dataLines(before ? { V: before } : {}, { V: after as Resource })).toEqual([line]);
  });

  test.each([
    ['AWS::S3::Bucket', 'bucket', true],
    ['AWS::SecretsManager::Secret', 'secret', true],
    ['AWS::EFS::FileSystem', 'file system', true],
    ['AWS::RDS::DBInstance', 'dbinstance', true],
    ['AWS::RDS::DBCluster', 'dbcluster', true],
    ['AWS::DynamoDB::Table', 'table', true],
    ['AWS::Logs::LogGroup', 'log group', false],
  ])('the loss of %s', (type, noun, guarded) => {
    expect(dataLines({ D: other(type) }, {})).toEqual([`DESTROY ${noun}${guarded ? ' [data]' : ''}`]);
    expect(dataLines({}, { D: other(type) })).toEqual([`CREATE ${noun}`]);
  });
});

describe('names that are unique in AWS', () => {
  test.each([
    ['AWS::ElasticLoadBalancingV2::ListenerRule', { ListenerArn: { Ref: 'L' }, Priority: 5 }, 'listener rule ${L} 5'],
    ['AWS::SSM::Parameter', { Name: '/a' }, 'parameter /a'],
    ['AWS::Logs::LogGroup', { LogGroupName: 'g' }, 'log group g'],
    ['AWS::IAM::Role', { RoleName: 'r' }, 'role r'],
    ['AWS::AutoScaling::AutoScalingGroup', { AutoScalingGroupName: 'g' }, 'Auto Scaling group g'],
    ['AWS::Route53::RecordSet', { HostedZoneId: 'Z', Name: 'a', Type: 'A' }, 'DNS record Z a A'],
  ])('%s', (type, properties, what) => {
    const [before, after] = [{ Old: other(type, properties) }, { New: other(type, properties) }];
    const failed = effectsOf(before, after).filter(({ verb }) => verb === 'FAIL');
    expect(failed.map(lineOf)).toEqual([
      `FAIL ${what} belongs to Old until that is deleted: deploy in two steps [fails]`,
    ]);
    expect(failed[0]?.ids).toEqual(['New', 'Old']);
    // The same id keeps its name, and a name that AWS makes is nobody else's.
    expect(effectsOf(before, { Old: other(type, { ...properties, Tags: [] }) }).map(({ verb }) => verb)).not.toContain(
      'FAIL',
    );
    expect(effectsOf({ Old: other(type) }, { New: other(type) }).map(({ verb }) => verb)).not.toContain('FAIL');
  });
});

describe('resources without an analyzer of their own', () => {
  test.each([
    ['AWS::AutoScaling::ScalingPolicy', 'machines'],
    ['AWS::CloudWatch::Alarm', 'machines'],
    ['AWS::IAM::InstanceProfile', 'rights'],
    ['AWS::EC2::NatGateway', 'network'],
    ['AWS::ElasticLoadBalancingV2::Listener', 'network'],
    ['AWS::Route53::HostedZone', 'network'],
    ['AWS::SSM::Parameter', 'other'],
  ] as const)('%s is in the area %s', (type, area) => {
    const base: Resources = { Topic: other('AWS::SNS::Topic') };
    expect(effectsOf({ ...base, A: other(type) }, base)).toMatchObject([{ verb: 'DESTROY', area, ids: ['A'] }]);
    expect(effectsOf(base, { ...base, A: other(type) })).toMatchObject([{ verb: 'CREATE', area, ids: ['A'] }]);
  });

  test('are counted by object, area and verb', () => {
    const make = (object: string, value: string): Resources => ({
      [`${object}A`]: other('AWS::SSM::Parameter', { Value: value }, `Service/default/${object}`),
      [`${object}B`]: other('AWS::SSM::Parameter', { Value: value, Type: 'String' }, `Service/default/${object}`),
      [`${object}C`]: other('AWS::CloudWatch::Alarm', { Period: value }, `Service/default/${object}`),
    });
    const effects = effectsOf({ ...make('x', '1'), ...make('y', '1') }, { ...make('x', '2'), ...make('y', '2') });
    expect(effects.map((effect) => [effect.object, effect.area, lineOf(effect)])).toEqual([
      ['Service/default/x', 'machines', 'UPDATE 1 alarm: Period'],
      ['Service/default/x', 'other', 'UPDATE 2 parameters: Value'],
      ['Service/default/y', 'machines', 'UPDATE 1 alarm: Period'],
      ['Service/default/y', 'other', 'UPDATE 2 parameters: Value'],
    ]);
  });

  test('the first three of many changed properties are named', () => {
    const alarm = (count: number, value: string) =>
      other(
        'AWS::CloudWatch::Alarm',
        Object.fromEntries(['Period', 'Statistic', 'Threshold', 'Unit'].slice(0, count).map((name) => [name, value])),
      );
    const change = (count: number) => effectsOf({ A: alarm(count, '1') }, { A: alarm(count, '2') }).map(lineOf);
    expect(change(3)).toEqual(['UPDATE 1 alarm: Period, Statistic and Threshold']);
    expect(change(4)).toEqual(['UPDATE 1 alarm: Period, Statistic, Threshold and 1 more']);
  });

  test('tags alone are one line, whatever else changes', () => {
    const tagged = (team: string, value: string): Resources => ({
      A: other('AWS::SNS::Topic', { Tags: [{ Key: 'team', Value: team }] }),
      B: other('AWS::SQS::Queue', { Tags: [{ Key: 'team', Value: team }] }),
      C: other('AWS::SSM::Parameter', { Value: value, Tags: { team } }),
    });
    const effects = effectsOf(tagged('a', '1'), tagged('b', '2'));
    expect(effects.map(lineOf)).toEqual(['UPDATE 1 parameter: Value and Tags', 'UPDATE tags of 1 queue and 1 topic']);
    expect(effects[1]?.ids).toEqual(['A', 'B']);
    expect(effects[1]?.changes.map(({ id }) => id)).toEqual(['A', 'B']);
  });
});

describe('another name for the same thing', () => {
  const workload = (name: string, image: string, count = '1'): Resources => ({
    [`${name}Group`]: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Metadata: { 'i2kit:origin': `Deployment/default/${name}` },
      Properties: {
        MinSize: count,
        MaxSize: count,
        DesiredCapacity: count,
        LaunchTemplate: { LaunchTemplateId: { Ref: `${name}T` } },
      },
    },
    [`${name}T`]: {
      Type: 'AWS::EC2::LaunchTemplate',
      Metadata: { 'i2kit:origin': `Deployment/default/${name}` },
      Properties: { LaunchTemplateData: { UserData: { pod: { containers: [{ name, image }] } } } },
    },
  });
  const moves = (before: Resources, after: Resources) =>
    effectsOf(before, after)
      .filter(({ verb }) => verb === 'MOVE')
      .map(({ object, text, ids, area }) => [object, text, ids, area]);

  test('a workload', () => {
    expect(moves(workload('a', 'x'), workload('b', 'x'))).toEqual([
      [
        'Deployment/default/b',
        'is renamed from Deployment/default/a: new machines start, then the old ones stop',
        ['bGroup', 'aGroup'],
        'machines',
      ],
    ]);
    expect(moves(workload('a', 'x'), workload('b', 'y'))).toEqual([]);
    expect(moves(workload('a', 'x', '1'), workload('b', 'x', '2'))).toEqual([]);
  });

  test('each workload is one other', () => {
    const before = { ...workload('a', 'x'), ...workload('b', 'x') };
    expect(moves(before, workload('c', 'x'))).toHaveLength(1);
    expect(moves(before, { ...workload('c', 'x'), ...workload('d', 'x') })).toHaveLength(2);
  });

  test('a resource', () => {
    const parameter = (value: string) => other('AWS::SSM::Parameter', { Value: value });
    expect(moves({ A: parameter('1') }, { B: parameter('1') })).toEqual([
      ['', 'parameter A becomes B: the new one is created, then the old one is deleted', ['B', 'A'], 'other'],
    ]);
    expect(moves({ A: parameter('1') }, { B: parameter('2') })).toEqual([]);
    expect(moves({ A: parameter('1'), C: parameter('1') }, { B: parameter('1') })).toHaveLength(1);
  });
});

describe('digests of the lock file', () => {
  const lines = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => {
    const template: Template = { Resources: { A: other('AWS::SNS::Topic') } };
    const side = (digests: Readonly<Record<string, string>>) => ({ template, digests });
    return reviewStack({ stack: 's', before: side(before), after: side(after) }).effects;
  };

  test.each([
    [['b', 'a'], 'a and b'],
    [['c', 'b', 'a'], 'a, b and c'],
    [['d', 'c', 'b', 'a'], 'a, b and 2 more'],
  ])('%j', (names, listed) => {
    const all = (digest: string) => Object.fromEntries(names.map((name) => [name, digest]));
    const effects = lines({ ...all('1'), same: '1', gone: '1' }, { ...all('2'), same: '1', fresh: '2' });
    expect(effects.map(lineOf)).toEqual([`UPDATE machine images are built from other digests of ${listed}`]);
    expect(effects[0]?.changes).toEqual(
      [...names].sort().map((name) => ({
        id: '',
        path: ['(lock)', `[${name}]`],
        before: '1',
        after: '2',
        replacement: 'never',
      })),
    );
  });
});

test('effects are in the order of their severity, then of objects and areas', () => {
  const web = (type: string, properties: Values = {}) => other(type, properties, 'Service/default/web');
  const before: Resources = {
    Alarm: web('AWS::CloudWatch::Alarm', { Period: 1 }),
    Zone: web('AWS::Route53::HostedZone', { HostedZoneConfig: 'a' }),
    Parameter: web('AWS::SSM::Parameter', { Value: '1' }),
    App: other('AWS::SSM::Parameter', { Value: '1' }, 'App/shop'),
    Gone: other('AWS::SNS::Topic'),
    Kept: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain' },
    Small: volume(),
  };
  const after: Resources = {
    Alarm: web('AWS::CloudWatch::Alarm', { Period: 2 }),
    Zone: web('AWS::Route53::HostedZone', { HostedZoneConfig: 'b' }),
    Parameter: web('AWS::SSM::Parameter', { Value: '2' }),
    App: other('AWS::SSM::Parameter', { Value: '2' }, 'App/shop'),
    Fresh: other('AWS::Events::Rule'),
    Small: volume({ Size: 5 }),
  };
  expect(effectsOf(before, after).map(({ verb, object, area }) => [verb, object, area])).toEqual([
    ['FAIL', '', 'data'],
    ['DESTROY', '', 'other'],
    ['UPDATE', 'App/shop', 'other'],
    ['UPDATE', 'Service/default/web', 'machines'],
    ['UPDATE', 'Service/default/web', 'network'],
    ['UPDATE', 'Service/default/web', 'other'],
    ['CREATE', '', 'other'],
    ['RETAIN', '', 'other'],
  ]);
});

test('a rule in a resource of its own that goes is among the changes of its group', () => {
  const group = other('AWS::EC2::SecurityGroup', { GroupDescription: 'x', SecurityGroupIngress: [] });
  const beside: Resource = {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: { 'Fn::GetAtt': ['G', 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      CidrIp: '10.0.0.0/8',
    },
  };
  const [effect] = effectsIn('network', { G: group, I: beside }, { G: group });
  expect(effect).toMatchObject({ verb: 'UPDATE', text: 'closes tcp/80 from 10.0.0.0/8', ids: ['G', 'I'] });
  expect(effect?.changes).toEqual([
    { id: 'I', path: ['(rule)'], before: 'tcp/80 from 10.0.0.0/8', replacement: 'never' },
  ]);
});
