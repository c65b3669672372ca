// Policies: their limits, and that a role takes over CloudFormation's part.
import { type IamPolicyInput, iamPolicyOf, maxManagedPolicySize } from '../../src/iamPolicy/policy.ts';

const at = { env: 'prod', app: 'shop', region: 'eu-west-1', account: '123456789012' } as const;
const of = (input: Partial<IamPolicyInput> & Pick<IamPolicyInput, 'use'>) => iamPolicyOf({ ...at, ...input }).Statement;
const actions = (input: Parameters<typeof of>[0]) => of(input).flatMap(({ Action }) => Action);

test('a policy that only reads, and one for images, are small enough for a managed policy', () => {
  for (const use of ['diff', 'image'] as const)
    expect(JSON.stringify(iamPolicyOf({ ...at, use })).length).toBeLessThan(maxManagedPolicySize);
});

test('synth needs nothing', () => {
  expect(iamPolicyOf({ use: 'synth', env: 'prod' })).toEqual({ Version: '2012-10-17', Statement: [] });
});

test('everything with a name is limited to the environment and the app', () => {
  const by = Object.fromEntries(of({ use: 'deploy' }).map(({ Sid, Resource }) => [Sid, Resource]));
  expect(by).toMatchObject({
    Stacks: [
      'arn:aws:cloudformation:eu-west-1:123456789012:stack/prod-shop/*',
      'arn:aws:cloudformation:eu-west-1:123456789012:stack/prod-shop-*/*',
    ],
    Logs: ['arn:aws:logs:eu-west-1:123456789012:log-group:prod-shop-*'],
    Makelogs: ['arn:aws:logs:eu-west-1:123456789012:log-group:prod-shop-*'],
    MakelogsAny: ['*'],
    Parameters: ['arn:aws:ssm:eu-west-1:123456789012:parameter/i2kit/prod/*'],
    Secrets: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:i2kit/prod/*'],
    Objects: ['arn:aws:s3:::*/i2kit/prod/*'],
    Zones: ['arn:aws:route53:::hostedzone/*'],
    Makeiam: ['arn:aws:iam::123456789012:role/prod-shop-*', 'arn:aws:iam::123456789012:instance-profile/prod-shop-*'],
  });
  const { app: _, ...whole } = at;
  expect(
    iamPolicyOf({ ...whole, use: 'diff', region: 'cn-north-1' }).Statement.find(({ Sid }) => Sid === 'Stacks')
      ?.Resource,
  ).toEqual([
    'arn:aws-cn:cloudformation:cn-north-1:123456789012:stack/prod-*/*',
    'arn:aws-cn:cloudformation:cn-north-1:123456789012:stack/i2kit-prod/*',
  ]);
});

test('resources of CloudFormation can be created only through it', () => {
  const made = of({ use: 'deploy' }).filter(({ Sid }) => Sid.startsWith('Make'));
  expect(made.map(({ Sid }) => Sid)).toEqual(
    ['autoscaling', 'ec2', 'elasticloadbalancing', 'iam', 'logs', 'logsAny', 'route53', 's3', 'ssm', 'ssmAny'].map(
      (service) => `Make${service}`,
    ),
  );
  for (const { Condition } of made)
    expect(Condition).toEqual({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } });
  expect(made.flatMap(({ Action }) => Action)).toEqual(
    expect.arrayContaining(['ec2:CreateLaunchTemplateVersion', 'iam:CreateRole', 'autoscaling:UpdateAutoScalingGroup']),
  );
});

test('with a role, the policy only allows passing it', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/stacks';
  const all = of({ use: 'deploy', roleArn });
  expect(all.filter(({ Sid }) => Sid.startsWith('Make'))).toEqual([]);
  expect(all.find(({ Sid }) => Sid === 'HandOver')).toEqual({
    Sid: 'HandOver',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: [roleArn],
    Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
  });
  expect(JSON.stringify(all).length).toBeLessThan(6_144);
});

test('a use has its own calls, and a role for DNS names only if one is named', () => {
  expect(actions({ use: 'diff' })).not.toEqual(expect.arrayContaining(['cloudformation:ExecuteChangeSet']));
  expect(actions({ use: 'diff' })).not.toContain('secretsmanager:GetSecretValue');
  expect(actions({ use: 'image' })).toEqual(
    expect.arrayContaining(['ebs:StartSnapshot', 'ec2:RegisterImage', 's3:PutObject']),
  );
  expect(actions({ use: 'image' })).not.toContain('cloudformation:CreateChangeSet');
  expect(actions({ use: 'deploy' })).not.toContain('sts:AssumeRole');
  const zoneRole = 'arn:aws:iam::210987654321:role/names';
  expect(of({ use: 'deploy', zoneRole }).find(({ Sid }) => Sid === 'ZoneRole')).toMatchObject({
    Action: ['sts:AssumeRole'],
    Resource: [zoneRole],
  });
});
