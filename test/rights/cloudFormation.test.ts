// The printed policies allow each call that CloudFormation makes for each golden, under the names that it really gives.
import { iamPolicyOf } from '../../packages/runner/src/iamPolicy/policy.ts';
import { handlerRequests } from './handlerRequests.ts';
import { type AuthorizationRequest, account, deniedRequests } from './judge.ts';
import { goldenStacks, region, type StackTemplate } from './physicalNames.ts';

const place = { region, account } as const;

/** The environment and the app of a golden's stack; the environment's own stack has no app. */
function ownerOf(stack: string): { readonly env: string; readonly app?: string } {
  const [first = '', second = ''] = stack.split('-');
  return first === 'i2kit' ? { env: second } : { env: first, app: second };
}

const unique = (requests: readonly AuthorizationRequest[]) => [
  ...new Map(requests.map((request) => [JSON.stringify(request), request])).values(),
];

const goldens = goldenStacks();
/** By environment: what is not about a name is the same in each golden. */
const environments = [...new Set(goldens.map(({ stack }) => ownerOf(stack).env))];

describe.each(['deploy', 'diff'] as const)('%s', (use) => {
  test.each(environments)('no call is denied to the whole environment %s', async (env) => {
    const mine = goldens.filter(({ stack }) => ownerOf(stack).env === env);
    const requests = await Promise.all(mine.map((template) => handlerRequests(template, use)));
    expect(requests.filter((all) => all.length < 5)).toEqual([]);
    expect(await deniedRequests(iamPolicyOf({ ...place, use, env }), unique(requests.flat()))).toEqual([]);
  });

  test('no call is denied to an app of its own', async () => {
    for (const template of goldens) {
      const { env, app } = ownerOf(template.stack);
      if (app === undefined) continue;
      const requests = await handlerRequests(template, use);
      // One app shows that the other statements are there.
      const own = app === 'hello' ? requests : requests.filter(({ resource }) => resource.includes(app));
      expect(own.length).toBeGreaterThan(0);
      expect(await deniedRequests(iamPolicyOf({ ...place, use, env, app }), unique(own))).toEqual([]);
    }
  });
});

const hello = goldenStacks().find(({ stack }) => stack === 'default-hello') as StackTemplate;

test.each([
  ['an app', { env: 'production', app: 'the-shop-of-the-whole-company-in-europe' }],
  ['an environment', { env: 'the-production-of-the-whole-company-in-europe', app: 'shop' }],
])('the long name of %s is cut by CloudFormation, and still allowed', async (_, { env, app }) => {
  const requests = await handlerRequests({ ...hello, stack: `${env}-${app}` }, 'deploy');
  const roles = requests.filter(({ action }) => action === 'iam:CreateRole').map(({ resource }) => resource);
  expect(roles.length).toBeGreaterThan(0);
  expect(roles.join()).not.toContain(`${env}-${app}`);
  const own = requests.filter(({ resource }) => !resource.includes(':parameter/'));
  for (const owner of [{ env }, { env, app }])
    expect(await deniedRequests(iamPolicyOf({ ...place, use: 'deploy', ...owner }), own)).toEqual([]);
});

test('the bucket of an environment with a long name is allowed, too', async () => {
  const environment = goldenStacks().find(({ stack }) => stack === 'i2kit-default') as StackTemplate;
  const env = 'the-production-of-the-whole-company';
  const requests = await handlerRequests({ ...environment, stack: `i2kit-${env}` }, 'deploy');
  const buckets = requests.filter(({ action, resource }) => action.startsWith('s3:') && resource !== '*');
  expect(buckets.length).toBeGreaterThan(20);
  expect(await deniedRequests(iamPolicyOf({ ...place, use: 'deploy', env }), buckets)).toEqual([]);
});

test('a policy of one app allows nothing of another, nor without CloudFormation', async () => {
  const { Statement } = iamPolicyOf({ ...place, use: 'deploy', env: 'default', app: 'shop' });
  const requests = await handlerRequests(hello, 'deploy');
  const named = requests.filter(
    ({ action, resource }) => /^(iam|logs):/.test(action) && resource.includes('default-hello'),
  );
  expect(named.length).toBeGreaterThan(10);
  const lines = new Set(named.map(({ action, resource }) => `${action} on ${resource}`));
  expect(new Set(await deniedRequests({ Statement }, named))).toEqual(lines);
  const byHand = [{ action: 'iam:CreateRole', resource: `arn:aws:iam::${account}:role/default-shop-x` }];
  expect(await deniedRequests({ Statement }, byHand)).toHaveLength(1);
});

test.each([
  'logs:DescribeLogGroups',
  'logs:CreateLogGroup',
  'iam:PassRole',
  'autoscaling:TerminateInstanceInAutoScalingGroup',
])('a policy without %s is seen', async (left) => {
  const { Statement } = iamPolicyOf({ ...place, use: 'deploy', env: 'default' });
  const gap = Statement.map((each) => ({ ...each, Action: each.Action.filter((action) => action !== left) }));
  const requests = (await handlerRequests(hello, 'deploy')).filter(({ action }) =>
    /^(logs|iam|autoscaling):/.test(action),
  );
  const denied = await deniedRequests({ Statement: gap.filter(({ Action }) => Action.length > 0) }, unique(requests));
  expect(denied.length).toBeGreaterThan(0);
  expect(denied.filter((line) => !line.startsWith(`${left} on`))).toEqual([]);
});

test('the policy of before, with log groups of another name, is seen', async () => {
  const { Statement } = iamPolicyOf({ ...place, use: 'deploy', env: 'default' });
  const old = Statement.map((each) =>
    each.Sid === 'Makelogs'
      ? { ...each, Resource: [`arn:aws:logs:${region}:${account}:log-group:/i2kit/default/*`] }
      : each,
  );
  const requests = (await handlerRequests(hello, 'deploy')).filter(({ action }) => action === 'logs:CreateLogGroup');
  expect(await deniedRequests({ Statement: old }, requests)).toHaveLength(1);
});
