// AWS::IAM::Role and InstanceProfile: what the agent of a machine group may do, and nothing else.
import { type AgentCall, agentCalls } from '../../../generated/agent-calls.ts';
import { secretsManagerName } from '../../../kinds/shared/configReferences.ts';
import type { MachineGroup } from '../../../plan.ts';
import { getAtt, type Intrinsic, ref, resource, sub } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import { environmentParameterPrefix } from '../environmentParameters.ts';
import { isOneTimeJob, jobInstanceIds } from '../launchData.ts';
import * as ids from '../logicalIds.ts';
import { agentManagedServices, privateName } from '../resourceRefs.ts';
import { tags } from '../tags.ts';
import { hasPayloadObject, payloadFolder, publishesMemoryMetric, readsServiceVariables } from '../userData.ts';

export const roles: Emitter = (target) => ({
  resources: Object.fromEntries(target.plan.groups.flatMap((group) => [roleOf(target, group), profileOf(group)])),
});

function roleOf(target: EmitContext, group: MachineGroup) {
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
          { PolicyName: 'agent', PolicyDocument: { Version: '2012-10-17', Statement: statements(target, group) } },
        ],
        Tags: tags(target, group.origin),
      },
    }),
  ] as const;
}

function profileOf(group: MachineGroup) {
  return [
    ids.machineGroup.profile(group),
    resource('AWS::IAM::InstanceProfile', {
      Metadata: originMetadata(group.origin),
      Properties: { Roles: [ref(ids.machineGroup.role(group))] },
    }),
  ] as const;
}

function statements(target: EmitContext, group: MachineGroup) {
  return agentCalls
    .filter((call) => isNeeded[call.when](target, group))
    .map((call) => ({
      Sid: call.sid,
      Effect: 'Allow',
      Action: call.actions,
      Resource: callResources[call.resource](target, group),
      ...(call.resource === 'machines' ? { Condition: ownMachinesCondition(target, group) } : {}),
      ...(call.resource === 'zone' ? { Condition: ownRecordsCondition(target, group) } : {}),
    }));
}

const isNeeded: Record<AgentCall['when'], (target: EmitContext, group: MachineGroup) => boolean> = {
  always: () => true,
  serviceVariables: (_, group) => readsServiceVariables(group),
  payloadObject: hasPayloadObject,
  secrets: (_, group) => group.secrets.length > 0,
  role: (_, group) => group.identity.role !== undefined,
  disks: (target, group) => target.volumesOf(group).length > 0,
  memoryMetric: (_, group) => publishesMemoryMetric(group.scaling),
  records: (target, group) => agentManagedServices(target, group).length > 0,
  schedule: (_, group) => group.job?.schedule !== undefined,
};

const arn = (service: string, resource: string) =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

const callResources: Record<
  AgentCall['resource'],
  (target: EmitContext, group: MachineGroup) => string | Intrinsic | readonly (string | Intrinsic)[]
> = {
  any: () => '*',
  stack: () => ref('AWS::StackId'),
  // CloudFormation names the group `<stack>-<logical id>-<random>`; an own Ref would be a cycle.
  group: (_, group) =>
    arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/\${AWS::StackName}-${ids.machineGroup.group(group)}-*`),
  logs: (_, group) => getAtt(ids.machineGroup.logs(group), 'Arn'),
  serviceVariables: ({ options }, group) =>
    arn('ssm', `parameter${environmentParameterPrefix(options.env)}/services/${group.pod.namespace}`),
  payload: (target, group) =>
    sub(`arn:\${AWS::Partition}:s3:::\${${ids.environmentParameter.bucket}}/${payloadFolder(target, group)}/*`),
  // Secrets Manager adds a dash and six characters to the name.
  secrets: ({ options }, group) =>
    group.secrets.map((secret) =>
      arn('secretsmanager', `secret:${secretsManagerName(options.env, secret.namespace, secret.name)}-??????`),
    ),
  role: (_, group) => group.identity.role ?? '*',
  disks: (target, group) =>
    target.volumesOf(group).map((volume) => arn('ec2', `volume/\${${ids.volume(volume.claim)}}`)),
  machines: () => arn('ec2', 'instance/*'),
  zone: () => sub(`arn:\${AWS::Partition}:route53:::hostedzone/\${${ids.environmentParameter.privateZone}}`),
};

/** No other name than those of its own Services; a call that names none, which only reads, passes. */
const ownRecordsCondition = (target: EmitContext, group: MachineGroup) => ({
  'ForAllValues:StringEquals': {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': agentManagedServices(target, group).map(privateName),
  },
});

/** Only AWS sets `aws:` tags, so that no machine can pass for one of the group, or of the Job. */
const ownMachinesCondition = (target: EmitContext, group: MachineGroup) => ({
  StringEquals: {
    'aws:ResourceTag/aws:cloudformation:stack-id': ref('AWS::StackId'),
    'aws:ResourceTag/aws:cloudformation:logical-id': isOneTimeJob(group)
      ? jobInstanceIds(target, group)
      : ids.machineGroup.group(group),
  },
});
