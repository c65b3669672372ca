// The calls that CloudFormation makes for a stack with its caller's rights, by the published handlers of the resource types.
import {
  resourcePermissions,
  resourceReadPermissions,
} from '../../packages/runner/src/generated/resource-permissions.ts';
import { type AuthorizationRequest, account, type DescribedAction, describeActions } from './judge.ts';
import { longestName, physicalName, region, resolvedText, type StackTemplate } from './physicalNames.ts';

/** Only these have names that a policy of ours looks at; of all others any ARN of the type will do. */
const ownNames: Readonly<Record<string, string>> = {
  'iam:role': 'AWS::IAM::Role',
  'iam:instance-profile': 'AWS::IAM::InstanceProfile',
  'logs:log-group': 'AWS::Logs::LogGroup',
  'logs:log-stream': 'AWS::Logs::LogGroup',
  's3:bucket': 'AWS::S3::Bucket',
  's3:object': 'AWS::S3::Bucket',
  'ssm:parameter': 'AWS::SSM::Parameter',
};

/**
 * Calls besides those of the schemas. A rolling update: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 * suspends processes, makes room and terminates machines. A listener's certificates have no handlers.
 */
const additional: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': [
    'elasticloadbalancing:AddListenerCertificates',
    'elasticloadbalancing:RemoveListenerCertificates',
  ],
};
const rollingUpdate = [
  'autoscaling:SuspendProcesses',
  'autoscaling:ResumeProcesses',
  'autoscaling:SetDesiredCapacity',
  'autoscaling:TerminateInstanceInAutoScalingGroup',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeScalingActivities',
];

const parameterTypes: Readonly<Record<string, string>> = {
  'VPC::Id': 'ec2:DescribeVpcs',
  'SecurityGroup::Id': 'ec2:DescribeSecurityGroups',
  'Subnet::Id': 'ec2:DescribeSubnets',
  'Image::Id': 'ec2:DescribeImages',
};

/** The key that AWS adds where CloudFormation calls for somebody. */
const viaCloudFormation = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };

export async function handlerRequests(
  template: StackTemplate,
  use: 'deploy' | 'diff',
): Promise<readonly AuthorizationRequest[]> {
  const table = use === 'deploy' ? resourcePermissions : resourceReadPermissions;
  const actions = Object.values(template.resources).flatMap(({ Type, UpdatePolicy }) => {
    const known = table[Type];
    if (known === undefined) throw new Error(`${Type} has no permissions in the table`);
    const more = use === 'deploy' ? [...(additional[Type] ?? []), ...(UpdatePolicy ? rollingUpdate : [])] : [];
    if (known.length + more.length === 0) throw new Error(`no call is known for ${Type}`);
    return [...known, ...more];
  });
  const looked = template.parameters.flatMap(({ Type }) => [
    ...(Type.startsWith('AWS::SSM::Parameter') ? ['ssm:GetParameters'] : []),
    ...Object.entries(parameterTypes).flatMap(([type, action]) => (Type.includes(type) ? [action] : [])),
  ]);
  const described = await describeActions([...actions, ...(use === 'deploy' ? looked : [])]);
  return described.flatMap((action) => requestsOf(action, template));
}

function requestsOf({ action, resourceTypes }: DescribedAction, template: StackTemplate): AuthorizationRequest[] {
  // The roles of a template are those of machines: an instance profile passes them to EC2.
  const passed = { 'iam:PassedToService': 'ec2.amazonaws.com' };
  const context = action.toLowerCase() === 'iam:passrole' ? { ...viaCloudFormation, ...passed } : viaCloudFormation;
  if (action.toLowerCase() === 'iam:createservicelinkedrole') {
    const resource = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    return [{ action, resource }];
  }
  if (resourceTypes.length === 0) return [{ action, resource: '*', context }];
  const [service = ''] = action.split(':');
  const required = resourceTypes.filter((type) => type.required);
  // Tags and the like are of many types: of a stack, only those that it has.
  const named = resourceTypes.filter((type) => ownNames[`${service}:${type.name}`] !== undefined);
  const concerned = [required, named, resourceTypes].find((types) => types.length > 0) ?? [];
  return concerned
    .flatMap((type) => arnsOf(`${service}:${type.name}`, type.arn, template))
    .map((resource) => ({ action, resource, context }));
}

function arnsOf(type: string, format: string, template: StackTemplate): readonly string[] {
  const own = ownNames[type];
  const filled = format
    .replace('${Partition}', 'aws')
    .replace('${Region}', region)
    .replace('${Account}', account)
    .replaceAll('${UserId}', '1');
  if (own === undefined) return [filled.replaceAll(/\$\{\w+\}|\*/g, 'x0123456789')];
  return namesOf(own, template).map((name) => {
    const [first = '', ...others] = filled.split(/\$\{\w+\}/);
    return [first, name, ...others.flatMap((text, index) => (index === 0 ? [text] : ['x', text]))].join('');
  });
}

/** The names of the template's resources of a type; of parameters also those that it reads. */
function namesOf(type: string, template: StackTemplate): readonly string[] {
  const made = Object.entries(template.resources).filter(([, { Type }]) => Type === type);
  if (type !== 'AWS::SSM::Parameter') {
    const named = made.map(([id]) => physicalName(template.stack, id, longestName[type] ?? 255));
    return type === 'AWS::S3::Bucket' ? named.map((name) => name.toLowerCase()) : named;
  }
  const read = template.parameters.flatMap(({ Type, Default }) =>
    Type.startsWith('AWS::SSM::Parameter') && Default !== undefined ? [Default] : [],
  );
  const written = made.map(([, { Properties }]) => resolvedText(Properties?.['Name'], template));
  return [...written, ...read].map((name) => name.replace(/^\//, ''));
}
