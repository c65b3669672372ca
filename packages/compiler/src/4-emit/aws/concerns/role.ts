// AWS::IAM::Role and InstanceProfile: what the agent of a machine group may do, and nothing else.
import { type AgentCall, agentCalls } from '../../../generated/agent-calls.ts';
import { secretName } from '../../../kinds/shared/secretName.ts';
import type { MachineGroup } from '../../../plan.ts';
import { getAtt, type Intrinsic, ref, resource, sub } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import { handover } from '../handover.ts';
import * as ids from '../ids.ts';
import { isRun } from '../launchData.ts';
import { runIds } from '../runs.ts';
import { tags } from '../tags.ts';
import { byMemory, carriesObject, serviceVariables } from '../userData.ts';
import { keptNames, privateName } from '../wiring.ts';

export const role: Concern = (target) => ({
  resources: Object.fromEntries(target.plan.groups.flatMap((group) => [roleOf(target, group), profileOf(group)])),
});

function roleOf(target: Target, group: MachineGroup) {
  return [
    ids.group.role(group),
    resource('AWS::IAM::Role', {
      Metadata: originOf(group.origin),
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [{ PolicyName: 'agent', PolicyDocument: { Version: '2012-10-17', Statement: statements(target, group) } }],
        Tags: tags(target, group.origin),
      },
    }),
  ] as const;
}

function profileOf(group: MachineGroup) {
  return [
    ids.group.profile(group),
    resource('AWS::IAM::InstanceProfile', {
      Metadata: originOf(group.origin),
      Properties: { Roles: [ref(ids.group.role(group))] },
    }),
  ] as const;
}

function statements(target: Target, group: MachineGroup) {
  return agentCalls
    .filter((call) => needed[call.when](target, group))
    .map((call) => ({
      Sid: call.sid,
      Effect: 'Allow',
      Action: call.actions,
      Resource: resources[call.resource](target, group),
      ...(call.resource === 'machines' ? { Condition: ownMachines(target, group) } : {}),
      ...(call.resource === 'zone' ? { Condition: ownNames(target, group) } : {}),
    }));
}

const needed: Record<AgentCall['when'], (target: Target, group: MachineGroup) => boolean> = {
  always: () => true,
  serviceVariables: (_, group) => serviceVariables(group),
  payloadObject: carriesObject,
  secrets: (_, group) => group.secrets.length > 0,
  role: (_, group) => group.identity.role !== undefined,
  disks: (target, group) => target.volumesOf(group).length > 0,
  memoryMetric: (_, group) => byMemory(group.scaling),
  records: (target, group) => keptNames(target, group).length > 0,
  schedule: (_, group) => group.task?.schedule !== undefined,
};

const arn = (service: string, resource: string) => sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

const resources: Record<
  AgentCall['resource'],
  (target: Target, group: MachineGroup) => string | Intrinsic | readonly (string | Intrinsic)[]
> = {
  any: () => '*',
  stack: () => ref('AWS::StackId'),
  // CloudFormation names the group `<stack>-<logical id>-<random>`; an own Ref would be a cycle.
  group: (_, group) => arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/\${AWS::StackName}-${ids.group.group(group)}-*`),
  logs: (_, group) => getAtt(ids.group.logs(group), 'Arn'),
  serviceVariables: ({ options }, group) => arn('ssm', `parameter${handover(options.env)}/services/${group.pod.namespace}`),
  payload: ({ options }) => sub(`arn:\${AWS::Partition}:s3:::\${${ids.shared.bucket}}/i2kit/${options.env}/payloads/*`),
  // Secrets Manager adds a dash and six characters to the name.
  secrets: ({ options }, group) =>
    group.secrets.map((secret) => arn('secretsmanager', `secret:${secretName(options.env, secret.namespace, secret.name)}-??????`)),
  role: (_, group) => group.identity.role ?? '*',
  disks: (target, group) => target.volumesOf(group).map((volume) => arn('ec2', `volume/\${${ids.volume(volume.claim)}}`)),
  machines: () => arn('ec2', 'instance/*'),
  zone: () => sub(`arn:\${AWS::Partition}:route53:::hostedzone/\${${ids.shared.privateZone}}`),
};

/** No other name than those of its own Services; a call that names none, which only reads, passes. */
const ownNames = (target: Target, group: MachineGroup) => ({
  'ForAllValues:StringEquals': {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': keptNames(target, group).map(privateName),
  },
});

/** Only AWS sets `aws:` tags, so that no machine can pass for one of the group, or of the Job. */
const ownMachines = (target: Target, group: MachineGroup) => ({
  StringEquals: {
    'aws:ResourceTag/aws:cloudformation:stack-id': ref('AWS::StackId'),
    'aws:ResourceTag/aws:cloudformation:logical-id': isRun(group) ? runIds(target, group) : ids.group.group(group),
  },
});
