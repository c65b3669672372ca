// Reads the resources of a stack back through the AWS SDK, by logical id.
import {
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
  type LifecycleHook,
  type ScalingPolicy,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';
import { DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeInstanceAttributeCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeVolumesCommand,
  type ResponseLaunchTemplateData,
  type Volume,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type Listener,
  type LoadBalancer,
  type Rule,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { AwsClients } from './clients.ts';
import { type GroupRules, readGroupRules } from './groupRules.ts';
import { describeStack } from './stack.ts';

export type Attributes = Readonly<Record<string, string>>;
export interface LaunchTemplate {
  readonly version: number;
  readonly data: ResponseLaunchTemplateData /** Decoded. */;
  readonly userData: string;
}

type ByLogicalId<T> = Record<string, T>;

export interface StackContents {
  /** The latest version of each launch template. */
  readonly launchTemplates: ByLogicalId<LaunchTemplate>;
  readonly groups: ByLogicalId<AutoScalingGroup & { readonly hooks: readonly LifecycleHook[] }>;
  /** Standalone machines of Jobs; user data decoded. */
  readonly instances: ByLogicalId<{ readonly id: string; readonly userData: string }>;
  readonly scalingPolicies: ByLogicalId<ScalingPolicy>;
  readonly scheduledActions: ByLogicalId<ScheduledUpdateGroupAction>;
  readonly loadBalancers: ByLogicalId<LoadBalancer & { readonly attributes: Attributes }>;
  readonly targetGroups: ByLogicalId<TargetGroup & { readonly attributes: Attributes }>;
  readonly listeners: ByLogicalId<Listener & { readonly attributes: Attributes }>;
  /** Rules of listeners of application load balancers. */
  readonly rules: ByLogicalId<Rule>;
  readonly records: ByLogicalId<readonly ResourceRecordSet[]>;
  /** The rules of the stack's security groups, from all sources. */
  readonly securityGroups: ByLogicalId<GroupRules>;
  readonly volumes: ByLogicalId<Volume>;
  /** The documents of a role's inline policies, by the policy's name. */
  readonly roles: ByLogicalId<Readonly<Record<string, unknown>>>;
  readonly logGroups: ByLogicalId<LogGroup>;
}

/** Reads the current resources of a stack. */
export async function readStack(clients: AwsClients, stack: string): Promise<StackContents> {
  const { resources } = await describeStack(clients, stack);
  const each = async <T>(type: string, read: (id: string) => Promise<T>): Promise<ByLogicalId<T>> => {
    const ids = Object.entries(resources).filter(([, resource]) => resource.ResourceType === `AWS::${type}`);
    return Object.fromEntries(
      await Promise.all(ids.map(async ([name, resource]) => [name, await read(resource.PhysicalResourceId as string)])),
    );
  };
  const records = await readAllRecords(clients);
  return {
    launchTemplates: await each('EC2::LaunchTemplate', (id) => readLaunchTemplate(clients, id)),
    groups: await each('AutoScaling::AutoScalingGroup', (name) => readGroup(clients, name)),
    instances: await each('EC2::Instance', async (id) => ({ id, userData: await readUserData(clients, id) })),
    scalingPolicies: await each('AutoScaling::ScalingPolicy', async (arn) =>
      onlyOne(
        (await clients.autoScaling.send(new DescribePoliciesCommand({}))).ScalingPolicies?.filter((policy) =>
          [policy.PolicyARN, policy.PolicyName].includes(arn),
        ),
      ),
    ),
    scheduledActions: await each('AutoScaling::ScheduledAction', async (name) =>
      onlyOne(
        (
          await clients.autoScaling.send(
            new DescribeScheduledActionsCommand({ ScheduledActionNames: [name.split('|').at(-1) as string] }),
          )
        ).ScheduledUpdateGroupActions,
      ),
    ),
    loadBalancers: await each('ElasticLoadBalancingV2::LoadBalancer', (arn) => readLoadBalancer(clients, arn)),
    targetGroups: await each('ElasticLoadBalancingV2::TargetGroup', (arn) => readTargetGroup(clients, arn)),
    listeners: await each('ElasticLoadBalancingV2::Listener', (arn) => readListener(clients, arn)),
    rules: await each('ElasticLoadBalancingV2::ListenerRule', async (arn) =>
      onlyOne((await clients.elb.send(new DescribeRulesCommand({ RuleArns: [arn] }))).Rules),
    ),
    records: await each('Route53::RecordSet', async (name) => records.filter((record) => record.Name === name)),
    securityGroups: await each('EC2::SecurityGroup', (id) => readGroupRules(clients, id)),
    volumes: await each('EC2::Volume', async (id) =>
      onlyOne((await clients.ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes),
    ),
    roles: await each('IAM::Role', (name) => readRolePolicies(clients, name)),
    logGroups: await each('Logs::LogGroup', async (name) =>
      onlyOne((await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }))).logGroups),
    ),
  };
}

/** A version of a launch template; default: the latest. */
export async function readLaunchTemplate(
  clients: AwsClients,
  id: string,
  version = '$Latest',
): Promise<LaunchTemplate> {
  const request = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] });
  const found = onlyOne((await clients.ec2.send(request)).LaunchTemplateVersions);
  const data = found.LaunchTemplateData as ResponseLaunchTemplateData;
  return {
    version: found.VersionNumber as number,
    data,
    userData: Buffer.from(data.UserData ?? '', 'base64').toString(),
  };
}

async function readUserData({ ec2 }: AwsClients, id: string): Promise<string> {
  const { UserData } = await ec2.send(new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' }));
  return Buffer.from(UserData?.Value ?? '', 'base64').toString();
}

export async function readGroup(
  clients: AwsClients,
  name: string,
): Promise<AutoScalingGroup & { hooks: LifecycleHook[] }> {
  const found = onlyOne(
    (await clients.autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] })))
      .AutoScalingGroups,
  );
  const { LifecycleHooks } = await clients.autoScaling.send(
    new DescribeLifecycleHooksCommand({ AutoScalingGroupName: name }),
  );
  return { ...found, hooks: LifecycleHooks ?? [] };
}

export async function readLoadBalancer(
  { elb }: AwsClients,
  arn: string,
): Promise<LoadBalancer & { attributes: Attributes }> {
  const found = onlyOne((await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }))).LoadBalancers);
  return {
    ...found,
    attributes: pairs((await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }))).Attributes),
  };
}

export async function readTargetGroup(
  { elb }: AwsClients,
  arn: string,
): Promise<TargetGroup & { attributes: Attributes }> {
  const found = onlyOne((await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }))).TargetGroups);
  return {
    ...found,
    attributes: pairs((await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }))).Attributes),
  };
}

export async function readListener({ elb }: AwsClients, arn: string): Promise<Listener & { attributes: Attributes }> {
  const found = onlyOne((await elb.send(new DescribeListenersCommand({ ListenerArns: [arn] }))).Listeners);
  return {
    ...found,
    attributes: pairs((await elb.send(new DescribeListenerAttributesCommand({ ListenerArn: arn }))).Attributes),
  };
}

/** The records of every zone. */
export async function readAllRecords({ route53 }: AwsClients): Promise<ResourceRecordSet[]> {
  const { HostedZones } = await route53.send(new ListHostedZonesCommand({}));
  const sets = await Promise.all(
    (HostedZones ?? []).map((zone) => route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone.Id }))),
  );
  return sets.flatMap((set) => set.ResourceRecordSets ?? []);
}

async function readRolePolicies({ iam }: AwsClients, RoleName: string): Promise<Record<string, unknown>> {
  const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  return Object.fromEntries(
    await Promise.all(
      (PolicyNames ?? []).map(async (PolicyName) => {
        const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        return [PolicyName, JSON.parse(decodeURIComponent(PolicyDocument as string))];
      }),
    ),
  );
}

function onlyOne<T>(found: readonly T[] | undefined): T {
  if (found?.length !== 1) throw new Error(`${found?.length ?? 0} resources where one was expected`);
  return found[0] as T;
}

function pairs(attributes: readonly { Key?: string | undefined; Value?: string | undefined }[] = []): Attributes {
  return Object.fromEntries(attributes.map((attribute) => [attribute.Key, attribute.Value]));
}
