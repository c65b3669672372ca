// The permissions that CloudFormation uses on behalf of its caller: those of the resource types' handlers.
import { resourcePermissions, resourceReadPermissions, unnamedActions } from '../generated/resource-permissions.ts';
import type { IamPolicyInput, IamStatement, PolicyCondition } from './policy.ts';
import { arnFormatterOf, partitionOf, resourceNamePattern } from './resourceNames.ts';

/**
 * Parameter types that CloudFormation looks up itself, resource types whose handlers the registry does not list, and
 * the calls of a rolling update (UpdatePolicy), which are in no schema.
 */
const additionalActions = [
  'autoscaling:SetDesiredCapacity',
  'autoscaling:TerminateInstanceInAutoScalingGroup',
  'ec2:DescribeImages',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'elasticloadbalancing:AddListenerCertificates',
  'elasticloadbalancing:RemoveListenerCertificates',
  'ssm:GetParameters',
];

/** In place of their many single actions, so that a policy that only reads is small enough for one managed policy. */
const readPatterns = ['ec2:Describe*', 'elasticloadbalancing:Describe*'];
const readActions = Object.values(resourceReadPermissions).flat();

/** Only through CloudFormation: direct calls are not allowed. */
export const calledViaCloudFormation: PolicyCondition = {
  'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] },
};

/** Service-linked roles that AWS creates with an account's first load balancer or group. */
const linkedRole = 'iam:CreateServiceLinkedRole';

const passStatement = (Sid: string, role: string): IamStatement => ({
  Sid,
  Effect: 'Allow',
  Action: ['iam:PassRole'],
  Resource: [role],
  Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
});

export function cloudFormationStatements(input: IamPolicyInput): readonly IamStatement[] {
  const { use, roleArn, administrationRole } = input;
  // Finding drift reads each resource.
  if (use === 'diff') return handlerStatements(input, 'Read', [...readPatterns, ...readActions]);
  if (use !== 'deploy') return [];
  const administration = administrationRole === undefined ? [] : [passStatement('Administration', administrationRole)];
  if (roleArn !== undefined) return [...administration, passStatement('HandOver', roleArn)];
  const arn = arnFormatterOf(input);
  return [
    ...handlerStatements(input, 'Make', [...Object.values(resourcePermissions).flat(), ...additionalActions]),
    ...roleStatements(input),
    { Sid: 'Linked', Effect: 'Allow', Action: [linkedRole], Resource: [arn('iam', 'role/aws-service-role/*')] },
    ...administration,
  ];
}

/** A statement for each service, and one for the actions that no name narrows. */
function handlerStatements(input: IamPolicyInput, verb: string, actions: readonly string[]): readonly IamStatement[] {
  const all = uniqueSorted(actions).filter((action) => action !== linkedRole && !isCovered(action, actions));
  const narrowed = narrowedResources(input);
  const statement = (name: string, Action: readonly string[], Resource: readonly string[]): readonly IamStatement[] =>
    Action.length === 0
      ? []
      : [{ Sid: `${verb}${name}`, Effect: 'Allow', Action, Resource, Condition: calledViaCloudFormation }];
  return uniqueSorted(all.map(serviceOf)).flatMap((service) => {
    const own = all.filter((action) => serviceOf(action) === service && !isConditional(action, input));
    const Resource = narrowed[service];
    if (Resource === undefined) return statement(service, own, ['*']);
    return [
      ...statement(
        service,
        own.filter((action) => !unnamedActions.includes(action)),
        Resource,
      ),
      ...statement(
        `${service}Any`,
        own.filter((action) => unnamedActions.includes(action)),
        ['*'],
      ),
    ];
  });
}

/** A principal that passes any role to any service, or gives any role any permission, has all permissions of the account. */
const passRole = 'iam:PassRole';

/** Actions that give a role permissions, and know the boundary that the role has or gets. */
const boundedActions = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
];

/** With a boundary, no role may lose it. */
const unboundingAction = 'iam:DeleteRolePermissionsBoundary';

const isConditional = (action: string, { permissionsBoundary }: IamPolicyInput): boolean =>
  action === passRole ||
  (permissionsBoundary !== undefined && (boundedActions.includes(action) || action === unboundingAction));

/** The roles of machines are passed to EC2 alone, and have the boundary of the settings. */
function roleStatements(input: IamPolicyInput): readonly IamStatement[] {
  const { permissionsBoundary, region } = input;
  const Resource = [arnFormatterOf(input)('iam', `role/${stackResourcePattern(input)}`)];
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const passed: PolicyCondition = { StringEquals: { 'iam:PassedToService': `ec2.${suffix}` } };
  const common = { Effect: 'Allow', Resource } as const;
  return [
    { Sid: 'PassToMachines', ...common, Action: [passRole], Condition: { ...calledViaCloudFormation, ...passed } },
    ...(permissionsBoundary === undefined
      ? []
      : [
          {
            Sid: 'MakeBoundedRoles',
            ...common,
            Action: boundedActions,
            Condition: {
              ...calledViaCloudFormation,
              StringEquals: { 'iam:PermissionsBoundary': permissionsBoundary },
            },
          },
        ]),
  ];
}

const stackResourcePattern = ({ env, app }: IamPolicyInput): string =>
  resourceNamePattern(app === undefined ? env : `${env}-${app}`);

function narrowedResources(input: IamPolicyInput): Readonly<Record<string, readonly string[]>> {
  const { env, app } = input;
  const arn = arnFormatterOf(input);
  const name = stackResourcePattern(input);
  return {
    iam: [arn('iam', `role/${name}`), arn('iam', `instance-profile/${name}`)],
    logs: [arn('logs', `log-group:${env}-${app ?? '*'}-*`)],
    ssm: [arn('ssm', `parameter/i2kit/${env}/*`)],
    s3: [arn('s3', resourceNamePattern(`i2kit-${env.toLowerCase()}`))],
  };
}

/** Whether another action of the list names it by a wildcard. */
const isCovered = (action: string, all: readonly string[]): boolean =>
  all.some((other) => other !== action && other.endsWith('*') && action.startsWith(other.slice(0, -1)));

const serviceOf = (action: string) => action.slice(0, action.indexOf(':'));

export const uniqueSorted = (all: readonly string[]): string[] => [...new Set(all)].sort();
