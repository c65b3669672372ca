// The property model: the smallest differences, and what CloudFormation does about each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { replacementOf } from '../src/diff/replacement.ts';
import { resolveParameters } from '../src/diff/resolveParameters.ts';
import { resourceChanges } from '../src/diff/resourceChanges.ts';
import { valueChanges } from '../src/diff/valueChanges.ts';
import type { Template } from '../src/template.ts';

describe('values', () => {
  test('elements are identified by their names, wherever they stand', () => {
    const before = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    expect(valueChanges(before, [{ Key: 'b', Value: '3' }, before[0] as never], ['Tags'])).toEqual([
      { path: ['Tags', '(order)'], before: ['a', 'b'], after: ['b', 'a'] },
      { path: ['Tags', '[b]', 'Value'], before: '2', after: '3' },
    ]);
  });

  const [a, b, c] = [{ x: 1 }, { x: 2 }, { x: 3 }];
  test.each([
    ['two elements', [a, b], [b, a]],
    ['two of three', [a, b, c], [a, c, b]],
    ['equal ones and another', [a, a, b], [a, b, a]],
    ['elements among new ones', [a, b], [c, b, a]],
    ['elements of which others go', [a, b, c], [b, a]],
  ])('the order is a change: %s', (_, before, after) => {
    expect(valueChanges(before, after, ['L'])[0]).toEqual({ path: ['L', '(order)'], before, after });
  });

  test.each([
    ['an element at the end', [a], [a, b]],
    ['an element at the start', [a, b], [c, a, b]],
    ['one of equal elements', [a, a, b], [a, b]],
  ])('the order is that of before: %s', (_, before, after) => {
    for (const [from, to] of [
      [before, after],
      [after, before],
    ] as const)
      expect(valueChanges(from, to, ['L']).map(({ path }) => path[1])).not.toContain('(order)');
  });

  test('a changed element that also moves is a change of the order', () => {
    expect(valueChanges([a, b], [b, c], ['L'])).toEqual([
      { path: ['L', '(order)'], before: [a, b], after: [b, c] },
      { path: ['L', '[0]', 'x'], before: 1, after: 3 },
    ]);
  });

  test('an intrinsic function is a value, and not an object', () => {
    expect(valueChanges({ Ref: 'A' }, { Ref: 'B' }, ['P'])).toEqual([
      { path: ['P'], before: { Ref: 'A' }, after: { Ref: 'B' } },
    ]);
  });

  test('a key called __proto__ is a key', () => {
    expect(valueChanges(JSON.parse('{"__proto__":1}'), {})).toEqual([{ path: ['__proto__'], before: 1 }]);
  });
});

describe('settling', () => {
  const template = (ami: string): Template => ({
    Parameters: {
      Type: { Type: 'String', Default: 't3.micro' },
      Vpc: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: '/i2kit/a/vpc-id' },
    },
    Mappings: { Images: { 'eu-west-1': { ami }, 'us-east-1': { ami: 'ami-2' } } },
    Resources: {
      X: {
        Type: 'T',
        Properties: {
          A: { 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'ami'] },
          B: { Ref: 'Type' },
          C: { Ref: 'Vpc' },
          D: { Ref: 'X' },
        },
      },
    },
  });

  test('puts what is known in place', () => {
    expect(resolveParameters(template('ami-1'), { region: 'eu-west-1' }).Resources['X']?.Properties).toEqual({
      A: 'ami-1',
      B: 't3.micro',
      C: { 'Fn::Ssm': '/i2kit/a/vpc-id' },
      D: { Ref: 'X' },
    });
  });

  test('without a region, a mapping is all of its rows', () => {
    expect(resolveParameters(template('ami-1')).Resources['X']?.Properties?.['A']).toEqual({
      'eu-west-1': 'ami-1',
      'us-east-1': 'ami-2',
    });
  });
});

describe('replacement', () => {
  test.each([
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', ['Scheme'], 'will'],
    ['AWS::ElasticLoadBalancingV2::Listener', ['Port'], 'never'],
    ['AWS::EC2::Volume', ['AvailabilityZone'], 'refused'],
    ['AWS::EC2::Volume', ['Size'], 'never'],
    ['AWS::EC2::LaunchTemplate', ['LaunchTemplateData', 'ImageId'], 'never'],
    ['AWS::EC2::SecurityGroup', ['SecurityGroupIngress', '[0]', 'CidrIp'], 'never'],
    ['Custom::Thing', ['Anything'], 'may'],
  ] as const)('%s %j: %s', (type, path, expected) => {
    expect(replacementOf(type, path)).toBe(expected);
  });

  const chain = (scheme: string): Template => ({
    Resources: {
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: scheme } },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 80 },
      },
      Rule: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: { ListenerArn: { Ref: 'Listener' }, Priority: 1 },
      },
      Name: {
        Type: 'AWS::Route53::RecordSet',
        Properties: { Name: 'a', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } } },
      },
    },
  });

  test('is carried on to what refers to it', () => {
    const found = resourceChanges(chain('internal'), chain('internet-facing'));
    expect(Object.fromEntries([...found].map(([id, { replacement }]) => [id, replacement]))).toEqual({
      Balancer: 'will',
      Listener: 'will',
      Rule: 'will',
      Name: 'never',
    });
    expect(found.get('Name')?.changes).toEqual([
      { path: ['AliasTarget', 'DNSName'], because: 'Balancer', replacement: 'never' },
    ]);
  });

  test('a type cannot change under one id', () => {
    const one = (Type: string): Template => ({ Resources: { X: { Type } } });
    expect(resourceChanges(one('AWS::S3::Bucket'), one('AWS::SQS::Queue')).get('X')?.replacement).toBe('refused');
  });

  test("the table is that of the installed specification's version", () => {
    const { version } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec/package.json') as { version: string };
    const text = readFileSync(new URL('../src/generated/replacing.ts', import.meta.url), 'utf8');
    expect(text.split('\n')[0]).toContain(version);
  });
});
