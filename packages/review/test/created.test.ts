// The contents of created resources: nothing that runs, or that others own, is left out.
import type { Json } from '@i2kit/common';
import { changeLines } from '../src/render/changeLines.ts';
import { reviewStack } from '../src/review.ts';
import type { Resource } from '../src/template.ts';

type Resources = Readonly<Record<string, Resource>>;
const web = { 'i2kit:origin': 'Deployment/default/web' };
const existing: Resources = {
  Db: { Type: 'AWS::IAM::InstanceProfile', Metadata: { 'i2kit:origin': 'Deployment/default/db' } },
  App: { Type: 'AWS::SNS::Topic', Metadata: { 'i2kit:origin': 'App/shop' } },
};
const linesOf = (added: Resources): readonly string[] =>
  reviewStack({
    stack: 's',
    before: { template: { Resources: existing } },
    after: { template: { Resources: { ...existing, ...added } } },
  }).effects.flatMap(changeLines);
const resource = (Type: string, Properties: Readonly<Record<string, Json>>): Resource => ({
  Type,
  Metadata: web,
  Properties,
});

test.each<[string, Resource, string]>([
  ['a role outside of the stack', resource('AWS::IAM::InstanceProfile', { Roles: ['admin'] }), '+ Roles: ["admin"]'],
  [
    'a role that a group passes on',
    resource('AWS::AutoScaling::AutoScalingGroup', {
      DesiredCapacity: '1',
      LifecycleHookSpecificationList: [{ LifecycleHookName: 'drain', DefaultResult: 'CONTINUE', RoleARN: 'arn:x' }],
    }),
    '+ LifecycleHookSpecificationList[drain].RoleARN: arn:x',
  ],
  [
    'targets of a target group',
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'ip', Targets: [{ Id: '203.0.113.9' }] }),
    '+ Targets[0].Id: 203.0.113.9',
  ],
  ['the port of a target group', resource('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 8080 }), '+ Port: 8080'],
  ['a key of a log group', resource('AWS::Logs::LogGroup', { KmsKeyId: 'arn:x' }), '+ KmsKeyId: arn:x'],
  ['a boundary', resource('AWS::IAM::Role', { PermissionsBoundary: 'arn:x' }), '+ PermissionsBoundary: arn:x'],
  [
    'a name server',
    resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        UserData: {
          'Fn::Base64': {
            'Fn::Join': [
              '',
              ['{"apiVersion":"i2kit.dev/agent/v1","role":"arn:r","pod":{"dns":{"nameservers":["203.0.113.9"]}}}'],
            ],
          },
        },
      },
    }),
    '+ dns.nameservers: ["203.0.113.9"]',
  ],
  [
    'a resource of another object',
    resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Db', 'Arn'] } } },
    }),
    '+ LaunchTemplateData.IamInstanceProfile.Arn: ${Db.Arn}',
  ],
])('%s is shown', (_, added, line) => {
  expect(linesOf({ X: added })).toContain(line);
});

test('references to new resources and to those of the app need no line', () => {
  const added = {
    T: resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['P', 'Arn'] } } },
    }),
    P: resource('AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'R' }] }),
    R: resource('AWS::IAM::Role', {}),
    Q: resource('AWS::SQS::Queue', { QueueName: { Ref: 'App' } }),
  };
  expect(linesOf(added)).toEqual([]);
});
