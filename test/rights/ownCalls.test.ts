// The printed policies allow each call of the command line in its use, say nothing that AWS does not know, and no more.
import { callPermissions } from '../../packages/runner/src/iamPolicy/callPermissions.ts';
import { type IamPolicyInput, iamPolicyOf } from '../../packages/runner/src/iamPolicy/policy.ts';
import { account, deniedRequests, faultsOfPolicy } from './judge.ts';
import { ownRequests } from './ownRequests.ts';
import { region } from './physicalNames.ts';

const owner = { env: 'prod', app: 'shop' } as const;
const uses = ['diff', 'deploy', 'image'] as const;
const place = { region, account, zoneRole: `arn:aws:iam::${account}:role/names` } as const;
const requestsOf = (use: (typeof uses)[number], of: { readonly env: string; readonly app: string } = owner) =>
  Object.entries(callPermissions)
    .filter(([, permission]) => permission.uses.includes(use))
    .flatMap(([name]) => ownRequests[name]?.(of, use) ?? []);

test('each call of the code has its requests here, and no other has', () => {
  expect(Object.keys(ownRequests).sort()).toEqual(Object.keys(callPermissions).sort());
});

test.each(uses)('%s: no call of the command line is denied, with one app, all apps, or no place named', async (use) => {
  const requests = requestsOf(use);
  expect(requests.length).toBeGreaterThan(20);
  const { env, app } = owner;
  for (const narrowed of [
    { ...place, env, app },
    { ...place, env },
    { env, app, zoneRole: place.zoneRole },
  ])
    expect(await deniedRequests(iamPolicyOf({ ...narrowed, use }), requests)).toEqual([]);
});

const inputs: readonly Omit<IamPolicyInput, 'use'>[] = [
  { ...place, ...owner },
  { env: 'prod' },
  { ...place, env: 'the-production-of-the-whole-company' },
  { ...place, ...owner, roleArn: `arn:aws:iam::${account}:role/stacks` },
  { ...place, ...owner, administrationRole: `arn:aws:iam::${account}:role/sets` },
];
test.each(uses)('%s: each action, condition key and resource is one that AWS knows', async (use) => {
  for (const input of inputs) expect(await faultsOfPolicy(iamPolicyOf({ ...input, use }))).toEqual([]);
});

test('a role that is named can be passed to CloudFormation alone', async () => {
  const role = `arn:aws:iam::${account}:role/sets`;
  const policy = iamPolicyOf({ ...place, ...owner, use: 'deploy', administrationRole: role });
  const pass = (service: string) => ({
    action: 'iam:PassRole',
    resource: role,
    context: { 'iam:PassedToService': `${service}.amazonaws.com` },
  });
  expect(await deniedRequests(policy, [pass('cloudformation')])).toEqual([]);
  expect(await deniedRequests(policy, [pass('ec2')])).toEqual([`iam:PassRole on ${role}`]);
});

const throughCloudFormation = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
const role = `arn:aws:iam::${account}:role/prod-shop-WebRole-1ABCDEF`;

test('roles of machines can be passed to EC2 alone', async () => {
  const policy = iamPolicyOf({ ...place, ...owner, use: 'deploy' });
  const pass = (service: string) => ({
    action: 'iam:PassRole',
    resource: role,
    context: { ...throughCloudFormation, 'iam:PassedToService': `${service}.amazonaws.com` },
  });
  expect(await deniedRequests(policy, [pass('ec2')])).toEqual([]);
  expect(await deniedRequests(policy, [pass('lambda')])).toEqual([`iam:PassRole on ${role}`]);
});

test('with a permissions boundary, no role gets permissions without it, and none loses it', async () => {
  const boundary = (name: string) => `arn:aws:iam::${account}:policy/${name}`;
  const policy = iamPolicyOf({ ...place, ...owner, use: 'deploy', permissionsBoundary: boundary('machines') });
  const bounded = ['CreateRole', 'PutRolePolicy', 'AttachRolePolicy', 'PutRolePermissionsBoundary'];
  const requests = (name: string) =>
    bounded.map((action) => ({
      action: `iam:${action}`,
      resource: role,
      context: { ...throughCloudFormation, 'iam:PermissionsBoundary': boundary(name) },
    }));
  expect(await deniedRequests(policy, requests('machines'))).toEqual([]);
  expect(await deniedRequests(policy, requests('other'))).toHaveLength(bounded.length);
  const lose = { action: 'iam:DeleteRolePermissionsBoundary', resource: role, context: throughCloudFormation };
  expect(await deniedRequests(policy, [lose])).toHaveLength(1);
  expect(await faultsOfPolicy(policy)).toEqual([]);
});

test('a policy of one app denies the stacks, logs and sets of another, and the disks of another environment', async () => {
  const other = { env: 'prod', app: 'stock' };
  const policy = iamPolicyOf({ ...place, ...owner, use: 'deploy' });
  // Stacks are found among all by their tags.
  const requests = requestsOf('deploy', other).filter(
    ({ action, resource }) => /stock/.test(resource) && action !== 'cloudformation:DescribeStacks',
  );
  const lines = new Set(requests.map(({ action, resource }) => `${action} on ${resource}`));
  expect(lines.size).toBeGreaterThan(20);
  expect(new Set(await deniedRequests(policy, requests))).toEqual(lines);
  const disk = ownRequests['DeleteVolume']?.({ env: 'test', app: 'shop' }, 'deploy') ?? [];
  expect(await deniedRequests(policy, disk)).toHaveLength(1);
});

test('keys are used through the service of the data alone, and granted to AWS alone', async () => {
  const policy = iamPolicyOf({ ...place, ...owner, use: 'image' });
  const key = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const through = { 'kms:ViaService': `ec2.${region}.amazonaws.com` };
  const requests = [
    { action: 'kms:Decrypt', resource: key },
    { action: 'kms:Decrypt', resource: key, context: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    { action: 'kms:CreateGrant', resource: key, context: { ...through, 'kms:GrantIsForAWSResource': 'false' } },
  ];
  expect(await deniedRequests(policy, requests)).toHaveLength(2);
  for (const request of requests) expect(await deniedRequests(policy, [request])).toHaveLength(1);
});

test.each([
  ['an action that does not exist', { Action: ['s3:DeleteBucketCors'], Resource: ['*'] }, /does not exist/],
  [
    'an action without resources, narrowed',
    { Action: ['logs:DescribeLogGroups'], Resource: ['arn:aws:logs:*:*:log-group:prod-*'] },
    /knows no resource type/,
  ],
  [
    'a resource of another type',
    { Action: ['ssm:DescribeAssociation'], Resource: ['arn:aws:ssm:*:*:parameter/i2kit/prod/*'] },
    /about no such resource/,
  ],
  [
    'a key that the action does not know',
    { Action: ['ec2:DescribeVpcs'], Resource: ['*'], Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    /no condition key/,
  ],
])('%s is seen', async (_, statement, fault) => {
  const faults = await faultsOfPolicy({ Statement: [{ Sid: 'Planted', Effect: 'Allow', ...statement }] });
  expect(faults[0]).toMatch(fault);
});
