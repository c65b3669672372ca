// Overrides of a pull request, in every form by which one could widen rights or network access of the compiled shop: each is guarded.
import type { Config } from '@i2kit/compiler';
import { reviewMarkdown, reviewStack, reviewText } from '@i2kit/review';
import { templatesOf } from './pair.ts';

type Override = NonNullable<Config['overrides']>[number];

const of = (object: string, resource: string, merge: object): Override =>
  ({ object, resource, merge }) as unknown as Override;
const web = 'Deployment/default/web';
const role = (properties: object) => of(web, 'role', { Properties: properties });
const launch = (data: object) => of(web, 'launch-template', { Properties: { LaunchTemplateData: data } });
const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const documented = (PolicyDocument: unknown) => role({ Policies: [{ PolicyName: 'agent', PolicyDocument }] });

const review = (...overrides: readonly Override[]) => {
  const [before, after] = templatesOf({ what: '', effects: [], config: { overrides } });
  return reviewStack({ stack: 'shop', before, after });
};

test.each<[string, Override, 'rights' | 'network']>([
  [
    'a statement that is selected',
    documented({ Version: '2012-10-17', Statement: [{ 'Fn::Select': [0, [all]] }] }),
    'rights',
  ],
  ['a document as a text', documented(JSON.stringify({ Version: '2012-10-17', Statement: [all] })), 'rights'],
  ['a document by a condition', documented({ 'Fn::If': ['C', { Statement: [all] }, { Statement: [] }] }), 'rights'],
  [
    'a text with a variable',
    documented({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Sub': ['arn:aws:s3:::${B}/*', { B: '*' }] } },
      ],
    }),
    'rights',
  ],
  ['a managed policy', role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }), 'rights'],
  [
    'everyone as trusted principal',
    role({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
      },
    }),
    'rights',
  ],
  ['a role of the account in its profile', of(web, 'instance-profile', { Properties: { Roles: ['admin'] } }), 'rights'],
  [
    "another workload's profile",
    launch({ IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['DbProfile', 'Arn'] } } }),
    'rights',
  ],
  ['metadata without tokens', launch({ MetadataOptions: { HttpTokens: 'optional' } }), 'rights'],
  ['metadata for containers', launch({ MetadataOptions: { HttpPutResponseHopLimit: 64 } }), 'rights'],
  ['a key pair', launch({ KeyName: 'mine' }), 'rights'],
  ['user data', launch({ UserData: { 'Fn::Base64': '#!/bin/sh' } }), 'rights'],
  [
    'the launch template of another workload',
    of(web, 'auto-scaling-group', {
      Properties: {
        LaunchTemplate: {
          LaunchTemplateId: { Ref: 'DbTemplate' },
          Version: { 'Fn::GetAtt': ['DbTemplate', 'LatestVersionNumber'] },
        },
      },
    }),
    'rights',
  ],
  ['a dynamic reference', launch({ InstanceType: '{{resolve:ssm:/type}}' }), 'rights'],
  [
    "another workload's security group",
    launch({ NetworkInterfaces: [{ DeviceIndex: 0, Groups: [{ Ref: 'DbFirewall' }] }] }),
    'network',
  ],
  ['a security group of the account', launch({ SecurityGroupIds: ['sg-0123456789abcdef0'] }), 'network'],
  [
    'an incoming rule',
    of(web, 'security-group', {
      Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/1' }] },
    }),
    'network',
  ],
  [
    'incoming rules by a condition',
    of(web, 'security-group', { Properties: { SecurityGroupIngress: { 'Fn::If': ['C', [], []] } } }),
    'network',
  ],
])('%s', (_, override, guard) => {
  const made = review(override);
  expect(made.effects.map((effect) => effect.guard)).toContain(guard);
  expect(reviewText(made, { columns: 120, color: false, hunks: true })).toContain(`[${guard}]`);
  expect(reviewMarkdown([made])).toContain('refuses this without a flag');
});

test('an override that gives nobody anything has no guard', () => {
  const made = review(of(web, 'auto-scaling-group', { Properties: { MaxInstanceLifetime: 604_800 } }));
  expect(made.effects.map(({ verb, guard }) => [verb, guard])).toEqual([['UPDATE', undefined]]);
});
