// Generates the least-privilege IAM policy of a use of i2kit: for the calls in the code, and for those that
// CloudFormation makes on behalf of the caller.
import { resourcePermissions } from '../generated/resource-permissions.ts';
import { callPermissions, type PolicyUse, type ResourceScope } from './callPermissions.ts';

export interface IamPolicyInput {
  readonly use: PolicyUse | 'synth';
  readonly env: string;
  /** Default: every app of the environment, and the environment itself. */
  readonly app?: string;
  /** Default: `*`. */
  readonly region?: string;
  readonly account?: string;
  /**
   * The service role of CloudFormation: resource permissions then belong to that role, and the caller only passes it.
   */
  readonly roleArn?: string;
  /** The role that writes to a hosted zone of another account. */
  readonly zoneRole?: string;
}

export interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly IamStatement[];
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: limit of a managed policy, without
 * white space.
 */
export const maxManagedPolicySize = 6_144;

export function iamPolicyOf(input: IamPolicyInput): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement:
      input.use === 'synth' ? [] : [...ownCallStatements(input, input.use), ...cloudFormationStatements(input)],
  };
}

/** The calls of the table, grouped by resource. */
function ownCallStatements(input: IamPolicyInput, use: PolicyUse): readonly IamStatement[] {
  const mine = Object.values(callPermissions).filter(({ uses }) => uses.includes(use));
  const scopes = [...new Set(mine.map(({ scope: on }) => on))].sort();
  return scopes.flatMap((scope) => {
    const Resource = resourceArnsOf(scope, input);
    const Action = uniqueSorted(mine.filter(({ scope: on }) => on === scope).map(({ action }) => action));
    // Creating a resource with tags needs permission to tag.
    const tagged = scope === 'secrets' && use === 'deploy' ? [...Action, 'secretsmanager:TagResource'] : Action;
    const statement: IamStatement = { Sid: statementIdOf(scope), Effect: 'Allow', Action: tagged, Resource };
    // A volume has no name: it is identified by its tags.
    const ours = { StringEquals: { 'aws:ResourceTag/i2kit:env': input.env } };
    return Resource.length === 0 ? [] : [scope === 'volumes' ? { ...statement, Condition: ours } : statement];
  });
}

const statementIdOf = (scope: ResourceScope) => scope.charAt(0).toUpperCase() + scope.slice(1);

function resourceArnsOf(scope: ResourceScope, input: IamPolicyInput): readonly string[] {
  const { env, app, zoneRole } = input;
  const arn = arnFormatterOf(input);
  switch (scope) {
    case 'any':
      return ['*'];
    case 'stacks':
      return [
        arn('cloudformation', `stack/${env}-${app ?? '*'}/*`),
        ...(app === undefined ? [arn('cloudformation', `stack/i2kit-${env}/*`)] : []),
      ];
    case 'stackSets':
      return ['stackset', 'stackset-target'].map((type) => arn('cloudformation', `${type}/${env}-${app ?? '*'}:*`));
    case 'volumes':
      return [arn('ec2', 'volume/*')];
    case 'parameters':
      return [arn('ssm', `parameter/i2kit/${env}/*`)];
    case 'secrets':
      return [arn('secretsmanager', `secret:i2kit/${env}/*`)];
    case 'objects':
      return [arn('s3', `*/i2kit/${env}/*`)];
    case 'bucket':
      return [arn('s3', '*')];
    case 'logs':
      return [arn('logs', `log-group:/i2kit/${env}/${app ?? '*'}${app === undefined ? '' : '/*'}`)];
    case 'zones':
      return [arn('route53', 'hostedzone/*')];
    case 'changes':
      return [arn('route53', 'change/*')];
    case 'zoneRole':
      return zoneRole === undefined ? [] : [zoneRole];
  }
}

/** S3 ARNs have neither region nor account, those of Route 53 and IAM no region. */
function arnFormatterOf({ region = '*', account = '*' }: IamPolicyInput) {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const places: Readonly<Record<string, string>> = { s3: ':', route53: ':', iam: `:${account}` };
  return (service: string, resource: string) =>
    `arn:${partition}:${service}:${places[service] ?? `${region}:${account}`}:${resource}`;
}

/**
 * Parameter types that CloudFormation looks up itself, and resource types whose handlers the registry does not list.
 */
const additionalActions = [
  'ec2:DescribeImages',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'elasticloadbalancing:AddListenerCertificates',
  'elasticloadbalancing:RemoveListenerCertificates',
  'ssm:GetParameters',
];

/** Only through CloudFormation: direct calls are not allowed. */
const calledViaCloudFormation = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } };

function cloudFormationStatements(input: IamPolicyInput): readonly IamStatement[] {
  const { use, env, app, roleArn } = input;
  if (use !== 'deploy') return [];
  if (roleArn !== undefined) {
    const Condition = { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } };
    return [{ Sid: 'HandOver', Effect: 'Allow', Action: ['iam:PassRole'], Resource: [roleArn], Condition }];
  }
  const arn = arnFormatterOf(input);
  const names = [`${env}-${app ?? '*'}-*`];
  const narrowed: Readonly<Record<string, readonly string[]>> = {
    iam: names.flatMap((name) => [arn('iam', `role/${name}`), arn('iam', `instance-profile/${name}`)]),
    logs: [arn('logs', `log-group:/i2kit/${env}/*`)],
    ssm: [arn('ssm', `parameter/i2kit/${env}/*`)],
    s3: [arn('s3', `i2kit-${env.toLowerCase()}-*`)],
  };
  const all = uniqueSorted([...Object.values(resourcePermissions).flat(), ...additionalActions]);
  const services = uniqueSorted(all.map(serviceOf));
  // Service-linked roles that AWS creates with an account's first load balancer or group.
  const linked = 'iam:CreateServiceLinkedRole';
  return [
    ...services.map((service): IamStatement => {
      const Action = all.filter((action) => serviceOf(action) === service && action !== linked);
      return {
        Sid: `Make${service.replace(/\W/g, '')}`,
        Effect: 'Allow',
        Action,
        Resource: narrowed[service] ?? ['*'],
        Condition: calledViaCloudFormation,
      };
    }),
    { Sid: 'Linked', Effect: 'Allow', Action: [linked], Resource: [arn('iam', 'role/aws-service-role/*')] },
  ];
}

const serviceOf = (action: string) => action.slice(0, action.indexOf(':'));

const uniqueSorted = (all: readonly string[]): string[] => [...new Set(all)].sort();
