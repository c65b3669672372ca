// Generates the least-privilege IAM policy of a use of i2kit: for the calls in the code, and for those that
// CloudFormation makes on behalf of the caller.
import { callPermissions, type PolicyUse, type ResourceScope } from './callPermissions.ts';
import { calledViaCloudFormation, cloudFormationStatements, uniqueSorted } from './cloudFormationStatements.ts';
import { keyStatements } from './keyStatements.ts';
import { arnFormatterOf } from './resourceNames.ts';

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
  /** The administration role of stack sets, which the caller passes. */
  readonly administrationRole?: string;
  /** ARN of the permissions boundary of every role that i2kit creates. */
  readonly permissionsBoundary?: string;
}

export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: PolicyCondition;
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
      input.use === 'synth'
        ? []
        : [
            ...ownCallStatements(input, input.use),
            ...cloudFormationStatements(input),
            ...keyStatements(input, calledViaCloudFormation),
          ],
  };
}

/** The calls of the table, grouped by resource. */
function ownCallStatements(input: IamPolicyInput, use: PolicyUse): readonly IamStatement[] {
  const mine = Object.values(callPermissions).filter(({ uses }) => uses.includes(use));
  const scopes = [...new Set(mine.map(({ scope: on }) => on))].sort();
  return scopes.flatMap((scope) => {
    const Resource = resourceArnsOf(scope, input);
    const calls = mine.filter(({ scope: on }) => on === scope);
    const Action = uniqueSorted(calls.flatMap(({ action, also = [] }) => [action, ...also]));
    const statement: IamStatement = { Sid: statementIdOf(scope), Effect: 'Allow', Action, Resource };
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
      // A workload's own stack has a name of its own behind that of its app.
      return (app === undefined ? [`${env}-*`, `i2kit-${env}`] : [`${env}-${app}`, `${env}-${app}-*`]).map((name) =>
        arn('cloudformation', `stack/${name}/*`),
      );
    case 'stackSets':
      // A change concerns its places as well, and the resource types in the template, which have no account.
      return [
        ...(input.use === 'deploy' ? ['stackset', 'stackset-target'] : ['stackset']).map((type) =>
          arn('cloudformation', `${type}/${env}-${app ?? '*'}:*`),
        ),
        ...(input.use === 'deploy'
          ? [arnFormatterOf({ ...input, account: '*' })('cloudformation', 'type/resource/AWS-*')]
          : []),
      ];
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
      return [arn('logs', `log-group:${env}-${app ?? '*'}-*`)];
    case 'zones':
      return [arn('route53', 'hostedzone/*')];
    case 'changes':
      return [arn('route53', 'change/*')];
    case 'zoneRole':
      return zoneRole === undefined ? [] : [zoneRole];
  }
}
