// Effects of templates that the compiler does not write, or not yet.
import type { Json } from '@i2kit/common';
import type { Effect } from '../src/effects/effect.ts';
import { addedGrants } from '../src/policies/grants.ts';
import { grantsOf } from '../src/policies/policyResources.ts';
import { reviewStack } from '../src/review.ts';
import { rulesBeyond } from '../src/ruleCoverage.ts';
import type { SecurityGroupRule } from '../src/securityGroupRules.ts';
import type { Resource, Template } from '../src/template.ts';

type Resources = Readonly<Record<string, Resource>>;
const effectLines = (before: Resources, after: Resources): readonly string[] =>
  effectsOf(before, after).map(({ verb, text, guard }) => `${verb} ${text}${guard ? ` [${guard}]` : ''}`);
const effectsOf = (before: Resources, after: Resources): readonly Effect[] =>
  reviewStack({
    stack: 's',
    before: { template: { Resources: before } as Template },
    after: { template: { Resources: after } as Template },
  }).effects;

const listener = (port: number): Resource => ({
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { LoadBalancerArn: { Ref: 'B' }, Port: port },
});
const record = (type: string): Resource => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { HostedZoneId: 'Z1', Name: 'a.example.com', Type: type },
});

describe('collisions', () => {
  test('two listeners that swap their ports', () => {
    expect(
      effectLines({ A: listener(80), C: listener(81) }, { A: listener(81), C: listener(80) }).filter((text) =>
        text.startsWith('FAIL'),
      ),
    ).toEqual([
      'FAIL listener ${B} 81 belongs to C until that is deleted: deploy in two steps [fails]',
      'FAIL listener ${B} 80 belongs to A until that is deleted: deploy in two steps [fails]',
    ]);
  });

  test('a record of the same name and type under another id', () => {
    expect(
      effectLines({ Old: record('A') }, { New: record('A') }).some((text) =>
        text.startsWith('FAIL DNS record Z1 a.example.com A'),
      ),
    ).toBe(true);
  });
});

describe('data', () => {
  const volume = (more: Readonly<Record<string, Json>>, policy = 'Delete'): Resource => ({
    Type: 'AWS::EC2::Volume',
    DeletionPolicy: policy,
    Properties: { Size: 10, AvailabilityZone: 'eu-west-1a', ...more },
  });

  test.each([
    ['a volume goes', volume({}), undefined, ['DESTROY volume of 10 GiB in eu-west-1a [data]']],
    [
      'a volume goes with a snapshot',
      volume({}, 'Snapshot'),
      undefined,
      ['DESTROY volume of 10 GiB in eu-west-1a; a snapshot is kept [data]'],
    ],
    [
      'a volume is left',
      volume({}, 'Retain'),
      undefined,
      ['RETAIN volume of 10 GiB in eu-west-1a stays in the account'],
    ],
    [
      'a volume is left that would go if its creation was rolled back',
      volume({}, 'RetainExceptOnCreate'),
      undefined,
      ['RETAIN volume of 10 GiB in eu-west-1a stays in the account'],
    ],
    [
      'a volume shrinks',
      volume({}),
      volume({ Size: 5 }),
      ['FAIL volume of 5 GiB in eu-west-1a: volumes cannot shrink [fails]'],
    ],
    [
      'a volume from a snapshot',
      volume({}),
      volume({ SnapshotId: 'snap-1' }),
      ['FAIL the snapshot that a volume was created from cannot change [fails]'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(
      effectLines({ V: before }, after ? { V: after } : { Other: { Type: 'AWS::SNS::Topic' } }).filter(
        (text) => !text.includes('topic'),
      ),
    ).toEqual(expected);
  });

  test.each([
    ['Retain', 'RETAIN 1 topic'],
    ['RetainExceptOnCreate', 'RETAIN 1 topic'],
    ['Delete', 'DESTROY 1 topic'],
  ])('a resource without an analyzer of its own that goes with the policy %s', (DeletionPolicy, expected) => {
    const other: Resource = { Type: 'AWS::SQS::Queue' };
    expect(effectLines({ T: { Type: 'AWS::SNS::Topic', DeletionPolicy }, other }, { other })).toEqual([expected]);
  });

  test.each([
    ['Delete', ''],
    ['Snapshot', '; a snapshot is kept'],
    ['Retain', '; the old one stays in the account'],
    ['RetainExceptOnCreate', '; the old one stays in the account'],
  ])('a bucket that is replaced under the policy %s', (policy, kept) => {
    const bucket = (name: string): Resource => ({
      Type: 'AWS::S3::Bucket',
      UpdateReplacePolicy: policy,
      Properties: { BucketName: name },
    });
    expect(effectLines({ B: bucket('a') }, { B: bucket('b') })).toEqual([
      `REPLACE bucket is replaced by an empty one${kept} [data]`,
    ]);
  });

  test('a bucket that is replaced', () => {
    const bucket = (name: string): Resource => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: name } });
    expect(effectLines({ B: bucket('a') }, { B: bucket('b') })).toEqual([
      'REPLACE bucket is replaced by an empty one [data]',
    ]);
  });
});

describe('rights', () => {
  const role = (Action: Json, Resource: Json = '*', more: Readonly<Record<string, Json>> = {}): Resource => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource, ...more }] } }],
    },
  });

  test.each([
    ['an action more', role(['s3:GetObject']), role(['s3:GetObject', 's3:PutObject']), true],
    ['an action less', role(['s3:GetObject', 's3:PutObject']), role(['s3:GetObject']), false],
    ['what a wildcard allowed already', role('s3:*'), role(['s3:GetObject']), false],
    ['a wildcard in place of an action', role('s3:GetObject'), role('s3:*'), true],
    ['case is nothing', role('S3:getobject'), role('s3:GetObject'), false],
    ['a wider resource', role('s3:GetObject', 'arn:aws:s3:::a/*'), role('s3:GetObject', 'arn:aws:s3:::*'), true],
    [
      'a condition that goes',
      role('s3:GetObject', '*', { Condition: { Bool: { x: true } } }),
      role('s3:GetObject'),
      true,
    ],
    [
      'a condition that comes',
      role('s3:GetObject'),
      role('s3:GetObject', '*', { Condition: { Bool: { x: true } } }),
      false,
    ],
    ['a denial that goes', role('s3:*', '*', { Effect: 'Deny' }), role('s3:GetObject', 'x', { Effect: 'Deny' }), true],
  ])('%s', (_, before, after, wider) => {
    expect(addedGrants(grantsOf(before), grantsOf(after)).length > 0).toBe(wider);
  });

  test('who may take it', () => {
    const trusted = (Service: string): Resource => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
        },
      },
    });
    expect(effectLines({ R: trusted('ec2.amazonaws.com') }, { R: trusted('lambda.amazonaws.com') })).toEqual([
      'UPDATE gains the trusted principal lambda.amazonaws.com; loses the trusted principal ec2.amazonaws.com [rights]',
    ]);
  });

  test('a permissions boundary that goes', () => {
    const bound: Resource = { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: 'arn:aws:iam::1:policy/b' } };
    expect(effectLines({ R: bound }, { R: { Type: 'AWS::IAM::Role', Properties: {} } })).toEqual([
      'UPDATE loses its permissions boundary [rights]',
    ]);
  });
});

describe('security groups', () => {
  const rule = (protocol: string, from: number, to: number, peer: string): SecurityGroupRule => ({
    direction: 'in',
    protocol,
    from,
    to,
    peer,
  });

  test.each([
    [rule('tcp', 0, 65_535, '10.0.0.0/8'), rule('tcp', 80, 80, '10.1.0.0/16'), true],
    [rule('tcp', 80, 80, '10.1.0.0/16'), rule('tcp', 80, 80, '10.0.0.0/8'), false],
    [rule('all', 0, 65_535, 'Group'), rule('udp', 53, 53, 'Group'), true],
    [rule('tcp', 80, 80, '0.0.0.0/0'), rule('tcp', 80, 80, 'Group'), true],
    [rule('tcp', 80, 90, 'Group'), rule('tcp', 85, 95, 'Group'), false],
    [rule('tcp', 80, 80, 'A'), rule('tcp', 80, 80, 'B'), false],
  ])('%j lets %j through: %s', (wide, narrow, covered) => {
    expect(rulesBeyond([narrow], [wide]).length === 0).toBe(covered);
  });

  test('a rule that moves out of its group opens nothing', () => {
    const ingress = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8' };
    const group = (rules: Json): Resource => ({
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'x', SecurityGroupIngress: rules },
    });
    const beside: Resource = {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: { 'Fn::GetAtt': ['G', 'GroupId'] }, ...ingress },
    };
    expect(effectLines({ G: group([ingress]) }, { G: group([]), I: beside })).toEqual([
      'UPDATE security group; it allows the same traffic',
    ]);
  });
});

describe('machines', () => {
  const ordinal = (at: number, image: string): Resources => ({
    [`G${at}`]: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Metadata: { 'i2kit:origin': 'StatefulSet/default/db' },
      UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 0, MaxBatchSize: 1 } },
      Properties: {
        MinSize: '0',
        MaxSize: '1',
        DesiredCapacity: '1',
        LaunchTemplate: {
          LaunchTemplateId: { Ref: `T${at}` },
          Version: { 'Fn::GetAtt': [`T${at}`, 'LatestVersionNumber'] },
        },
      },
    },
    [`T${at}`]: {
      Type: 'AWS::EC2::LaunchTemplate',
      Metadata: { 'i2kit:origin': 'StatefulSet/default/db' },
      Properties: { LaunchTemplateData: { ImageId: image, InstanceType: 't3.small' } },
    },
  });

  test("a StatefulSet's ordinals are one thing", () => {
    const all = (image: string) => ({ ...ordinal(0, image), ...ordinal(1, image), ...ordinal(2, image) });
    expect(effectLines(all('ami-1'), all('ami-2'))).toEqual([
      'INTERRUPT possibly no machine in service during the rollout, about 2 min',
      'ROLL 3 machines (t3.small), one at a time, about 6 min',
    ]);
    expect(effectLines(ordinal(0, 'ami-1'), { ...ordinal(0, 'ami-1'), ...ordinal(1, 'ami-1') })).toEqual([
      'CREATE 1 machine (t3.small)',
    ]);
  });

  test('a group without a policy keeps its machines', () => {
    const group = (zone: string): Resource => ({
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MinSize: '2', MaxSize: '2', DesiredCapacity: '2', VPCZoneIdentifier: [zone] },
    });
    expect(effectLines({ G: group('a') }, { G: group('b') })).toEqual([
      'UPDATE Auto Scaling group; 2 machines stay unchanged until they are replaced',
    ]);
  });
});

// bench/ measures the time that this takes.
test('each of two hundred groups is told of once', () => {
  const many = (image: string): Resources =>
    Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [
        [
          `G${at}`,
          {
            Type: 'AWS::AutoScaling::AutoScalingGroup',
            Properties: {
              MinSize: '1',
              MaxSize: '2',
              DesiredCapacity: '1',
              LaunchTemplate: {
                LaunchTemplateId: { Ref: `T${at}` },
                Version: { 'Fn::GetAtt': [`T${at}`, 'LatestVersionNumber'] },
              },
            },
          },
        ],
        [`T${at}`, { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: image } } }],
      ]).flat(),
    );
  expect(effectsOf(many('ami-1'), many('ami-2'))).toHaveLength(200);
});
