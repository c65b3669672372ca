// AWS::IAM::Role and InstanceProfile: least-privilege permissions of a machine group's agent.
import { type AgentCall, agentCalls } from '../../../generated/agent-calls.ts';
import { secretsManagerName } from '../../../kinds/shared/configReferences.ts';
import type { MachineGroup } from '../../../plan.ts';
import { getAtt, type Intrinsic, ref, resource, sub } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import { environmentParameterPrefix } from '../environmentParameters.ts';
import { isOneTimeJob, jobInstanceIds } from '../launchData.ts';
import * as ids from '../logicalIds.ts';
import { agentManagedServices, privateName } from '../resourceRefs.ts';
import { keyStatements } from '../roleKeys.ts';
import { tags } from '../tags.ts';
import { hasPayloadObject, payloadFolder, publishesMemoryMetric, readsServiceVariables } from '../userData.ts';

export const roles: Emitter = (context) => ({
  resources: Object.fromEntries(context.plan.groups.flatMap((group) => [roleOf(context, group), profileOf(group)])),
});

function roleOf(context: EmitContext, group: MachineGroup) {
  return [
    ids.machineGroup.role(group),
    resource('AWS::IAM::Role', {
      Metadata: originMetadata(group.origin),
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          { PolicyName: 'agent', PolicyDocument: { Version: '2012-10-17', Statement: statements(context, group) } },
        ],
        Tags: tags(context, group.origin),
      },
    }),
  ] as const;
}

function profileOf(group: MachineGroup) {
  return [
    ids.machineGroup.instanceProfile(group),
    resource('AWS::IAM::InstanceProfile', {
      Metadata: originMetadata(group.origin),
      Properties: { Roles: [ref(ids.machineGroup.role(group))] },
    }),
  ] as const;
}

const statements = (context: EmitContext, group: MachineGroup) => [
  ...callStatements(context, group),
  ...keyStatements(context, group, secretArns(context, group)),
];

function callStatements(context: EmitContext, group: MachineGroup) {
  return agentCalls
    .filter((call) => isNeeded[call.when](context, group))
    .map((call) => ({
      Sid: call.sid,
      Effect: 'Allow',
      Action: call.actions,
      Resource: callResources[call.resource](context, group),
      ...(call.resource === 'machines' ? { Condition: ownMachinesCondition(context, group) } : {}),
      ...(call.resource === 'zone' ? { Condition: ownRecordsCondition(context, group) } : {}),
    }));
}

const isNeeded: Record<AgentCall['when'], (context: EmitContext, group: MachineGroup) => boolean> = {
  always: () => true,
  serviceVariables: (_, group) => readsServiceVariables(group),
  payloadObject: hasPayloadObject,
  secrets: (_, group) => group.secrets.length > 0,
  role: (_, group) => group.identity.role !== undefined,
  disks: (context, group) => context.volumesOf(group).length > 0,
  memoryMetric: (_, group) => publishesMemoryMetric(group.scaling),
  records: (context, group) => agentManagedServices(context, group).length > 0,
  schedule: (_, group) => group.job?.schedule !== undefined,
};

const arn = (service: string, resource: string) =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

const callResources: Record<
  AgentCall['resource'],
  (context: EmitContext, group: MachineGroup) => string | Intrinsic | readonly (string | Intrinsic)[]
> = {
  any: () => '*',
  stack: () => ref('AWS::StackId'),
  // CloudFormation names the group `<stack>-<logical id>-<random>`; a Ref to it would be a cycle.
  group: (_, group) =>
    arn(
      'autoscaling',
      `autoScalingGroup:*:autoScalingGroupName/\${AWS::StackName}-${ids.machineGroup.autoScalingGroup(group)}-*`,
    ),
  logs: (_, group) => getAtt(ids.machineGroup.logGroup(group), 'Arn'),
  serviceVariables: ({ options }, group) =>
    arn('ssm', `parameter${environmentParameterPrefix(options.env)}/services/${group.pod.namespace}`),
  payload: (context, group) =>
    sub(`arn:\${AWS::Partition}:s3:::\${${ids.environmentParameter.bucket}}/${payloadFolder(context, group)}/*`),
  secrets: secretArns,
  role: (_, group) => group.identity.role ?? '*',
  disks: (context, group) =>
    context.volumesOf(group).map((volume) => arn('ec2', `volume/\${${ids.volume(volume.claim)}}`)),
  machines: () => arn('ec2', 'instance/*'),
  zone: () => sub(`arn:\${AWS::Partition}:route53:::hostedzone/\${${ids.environmentParameter.privateZone}}`),
};

/** Secrets Manager adds a dash and six characters to the name. */
function secretArns({ options }: EmitContext, group: MachineGroup): readonly Intrinsic[] {
  return group.secrets.map((secret) =>
    arn('secretsmanager', `secret:${secretsManagerName(options.env, secret.namespace, secret.name)}-??????`),
  );
}

/** Allows only names of its own Services. Calls without names, which only read, pass. */
const ownRecordsCondition = (context: EmitContext, group: MachineGroup) => ({
  'ForAllValues:StringEquals': {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': agentManagedServices(context, group).map(privateName),
  },
});

/** Only AWS sets `aws:` tags, so no other machine can pass for one of the group or Job. */
const ownMachinesCondition = (context: EmitContext, group: MachineGroup) => ({
  StringEquals: {
    'aws:ResourceTag/aws:cloudformation:stack-id': ref('AWS::StackId'),
    'aws:ResourceTag/aws:cloudformation:logical-id': isOneTimeJob(group)
      ? jobInstanceIds(context, group)
      : ids.machineGroup.autoScalingGroup(group),
  },
});
