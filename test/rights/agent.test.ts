// The role of each golden's machines allows each call of the agent, under the names that AWS gives, and none about others.
import { agentCalls } from '../../packages/compiler/src/generated/agent-calls.ts';
import { type AuthorizationRequest, account, deniedRequests, faultsOfPolicy } from './judge.ts';
import {
  goldenStacks,
  longestName,
  physicalName,
  region,
  resolvedText,
  type StackTemplate,
  stackArn,
} from './physicalNames.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: unknown;
}

interface Machine {
  readonly name: string;
  readonly template: StackTemplate;
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** A policy document with every intrinsic resolved. */
function resolved(value: unknown, template: StackTemplate): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, template));
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && /^(Ref|Fn::)/.test(keys[0] ?? '')) return resolvedText(value, template);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, template)]));
}

const machines: readonly Machine[] = goldenStacks().flatMap((template) =>
  Object.entries(template.resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id, { Properties }]) => {
      const policies = resolved(Properties?.['Policies'], template) as [{ PolicyDocument: { Statement: Statement[] } }];
      return { name: `${template.stack}, ${id}`, template, id, statements: policies[0].PolicyDocument.Statement };
    }),
);

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const key = arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab');
const via = (service: string) => ({ 'kms:ViaService': `${service}.${region}.amazonaws.com` });

const logsOf = ({ template }: Machine, id: string): string =>
  physicalName(template.stack, id, longestName['AWS::Logs::LogGroup'] ?? 512);

/** What the statement's own ARNs stand for, with the parts that only AWS knows filled in. */
const ownArns = ({ Resource }: Statement): readonly string[] =>
  [Resource].flat().map((each) => String(each).replaceAll('?', 'A').replaceAll('*', 'x0123'));

/** The requests behind an action, by AWS's table and the calls' pages. */
function requestsOf(action: string, statement: Statement, machine: Machine): readonly AuthorizationRequest[] {
  const { stack } = machine.template;
  const group = `${stack}-${machine.id.replace(/Role$/, 'Group')}-UJ5n2NwuSPZB`;
  switch (action.split(':')[0]) {
    case 'cloudformation':
      return [{ action, resource: stackArn(stack) }];
    case 'autoscaling':
      if (action.includes(':Describe')) return [{ action, resource: '*' }];
      return [{ action, resource: arn('autoscaling', `autoScalingGroup:1b2c:autoScalingGroupName/${group}`) }];
    case 'logs': {
      const id = Object.entries(machine.template.resources).find(
        ([each, { Type }]) => Type === 'AWS::Logs::LogGroup' && String(statement.Resource).includes(`-${each}-`),
      )?.[0];
      return [{ action, resource: arn('logs', `log-group:${logsOf(machine, id ?? '')}:log-stream:i-0123/main`) }];
    }
    case 'kms': {
      if (statement.Sid !== 'SecretKeys')
        return [
          {
            action,
            resource: key,
            context: { ...via('ec2'), ...(action.endsWith('Grant') && { 'kms:GrantIsForAWSResource': 'true' }) },
          },
        ];
      const secrets = machine.statements.find(({ Sid }) => Sid === 'Secrets');
      return ownArns(secrets as Statement).map((secret) => ({
        action,
        resource: key,
        context: { ...via('secretsmanager'), 'kms:EncryptionContext:SecretARN': secret },
      }));
    }
    case 'ec2': {
      if (action.includes(':Describe')) return [{ action, resource: '*' }];
      if (statement.Sid !== 'DiskMachines') return ownArns(statement).map((resource) => ({ action, resource }));
      const tag = 'aws:ResourceTag/aws:cloudformation';
      const context = {
        [`${tag}:stack-id`]: stackArn(stack),
        [`${tag}:logical-id`]: machine.id.replace(/Role$/, 'Group'),
      };
      return [{ action, resource: arn('ec2', 'instance/i-0123456789'), context }];
    }
    default:
      return ownArns(statement).map((resource) => ({ action, resource: resource === 'x0123' ? '*' : resource }));
  }
}

test('the goldens have machines of many kinds', () => {
  expect(machines.length).toBeGreaterThan(30);
  const used = new Set(machines.flatMap(({ statements }) => statements.map(({ Sid }) => Sid)));
  for (const Sid of ['Signal', 'Secrets', 'SecretKeys', 'Disks', 'DiskKeys', 'Records', 'Leave'])
    expect(used).toContain(Sid);
});

test('no role says anything that AWS does not know, and each allows its calls', async () => {
  for (const machine of machines) {
    const policy = { Statement: machine.statements };
    expect([machine.name, ...(await faultsOfPolicy(policy))]).toEqual([machine.name]);
    const always = agentCalls.filter(({ when }) => when === 'always').flatMap(({ actions }) => actions);
    const allowed = machine.statements.flatMap(({ Action }) => Action);
    expect(always.filter((action) => !allowed.includes(action))).toEqual([]);
    const requests = machine.statements.flatMap((statement) =>
      statement.Action.flatMap((action) => requestsOf(action, statement, machine)),
    );
    expect([machine.name, ...(await deniedRequests(policy, requests))]).toEqual([machine.name]);
  }
});

test('a machine reaches neither the disks, secrets, keys nor logs of another', async () => {
  const db = machines.find(({ name }) => name === 'default-voting, DbRole') as Machine;
  const requests: readonly AuthorizationRequest[] = [
    {
      action: 'secretsmanager:GetSecretValue',
      resource: arn('secretsmanager', 'secret:i2kit/default/default/other-AAAAAA'),
    },
    { action: 'kms:Decrypt', resource: key },
    { action: 'kms:DescribeKey', resource: key, context: via('s3') },
    { action: 'kms:CreateGrant', resource: key, context: { ...via('ec2'), 'kms:GrantIsForAWSResource': 'false' } },
    { action: 'logs:PutLogEvents', resource: arn('logs', 'log-group:default-voting-VoteLogs-x:log-stream:main') },
    { action: 'ec2:AttachVolume', resource: arn('ec2', 'volume/vol-other') },
  ];
  for (const request of requests) expect(await deniedRequests({ Statement: db.statements }, [request])).toHaveLength(1);
});
