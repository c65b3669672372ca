// The properties of an added resource that a reviewer has to see: everything that is written, without the parts that all of its type have.
import { isObject, isSameJson, type Json } from '@i2kit/common';
import { intrinsic, isList, type Resource } from '../template.ts';
import { referencesIn } from './references.ts';
import { elementNames, type ValueChange } from './valueChanges.ts';

export type CreatedProperty = ValueChange & { readonly replacement: 'never' };

/** Parts of paths, at their start or as a whole, that say nothing about what runs, or that the effect itself says. */
const omittedPaths: readonly string[] = [
  'Tags',
  'LaunchTemplateData.TagSpecifications',
  ...['apiVersion', 'stack', 'region', 'resource', 'logs', 'lifecycleHook', 'serviceVariables', 'rollout'].map(
    (name) => `LaunchTemplateData.UserData.${name}`,
  ),
  ...['owner', 'generateName', 'namespace', 'labels', 'dns.policy', 'dns.searches', 'dns.options'].map(
    (name) => `LaunchTemplateData.UserData.pod.${name}`,
  ),
];

const drainHook = 'LifecycleHookSpecificationList.[drain]';
const healthChecks = ['IntervalSeconds', 'Path', 'Port', 'Protocol'].map((name) => `HealthCheck${name}`);

/** The same for single types: sizes, rules and grants are effects; the rest follows from the type of the object. */
const omittedPathsByType: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': [
    ...['MinSize', 'MaxSize', 'DesiredCapacity', 'AvailabilityZones', 'HealthCheckType'],
    ...['DefaultResult', 'HeartbeatTimeout', 'LifecycleTransition'].map((name) => `${drainHook}.${name}`),
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    ...healthChecks,
    ...['HealthyThresholdCount', 'UnhealthyThresholdCount', 'Matcher', 'TargetGroupAttributes', 'Protocol'],
  ],
  'AWS::Logs::LogGroup': ['RetentionInDays'],
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'SecurityGroupIngress', 'SecurityGroupEgress'],
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns'],
};

/** References that say by themselves what is created: the target of a DNS name. */
const shownReferences: readonly string[] = ['AliasTarget.DNSName', 'ResourceRecords', 'LaunchTemplateData.KeyName'];

/** Values that i2kit always writes: only others are shown. */
const commonValues: Readonly<Record<string, Json>> = {
  'LaunchTemplateData.MetadataOptions.HttpEndpoint': 'enabled',
  'LaunchTemplateData.MetadataOptions.HttpTokens': 'required',
  'LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit': 1,
  'LaunchTemplateData.MetadataOptions.InstanceMetadataTags': 'disabled',
  'LaunchTemplateData.NetworkInterfaces.[0].AssociatePublicIpAddress': false,
  'LaunchTemplateData.BlockDeviceMappings.[/dev/xvda].Ebs.Encrypted': true,
  'LaunchTemplateData.BlockDeviceMappings.[/dev/xvda].Ebs.DeleteOnTermination': true,
  'AliasTarget.EvaluateTargetHealth': false,
  TargetType: 'instance',
};

/** `isOwn` is true for logical ids that need no mention: new resources, and those of the app and of the same object. */
export function createdProperties(
  { Type, Properties = {} }: Resource,
  isOwn: (id: string) => boolean = () => true,
): readonly CreatedProperty[] {
  const omittedParts = [...omittedPaths, ...(omittedPathsByType[Type] ?? [])];
  return leavesOf(Properties, []).flatMap(({ path, after }): CreatedProperty[] => {
    const name = path.join('.');
    const omitted = omittedParts.some((each) => name === each || name.startsWith(`${each}.`));
    const common = Object.hasOwn(commonValues, name) && isSameJson(commonValues[name], after);
    const linked = isOwnReference(after, isOwn) && !shownReferences.includes(name);
    return path.length === 0 || omitted || common || linked ? [] : [{ path, after, replacement: 'never' }];
  });
}

/** References to its own resources and to parameters of the environment, which are shown where they are created. */
function isOwnReference(value: Json, isOwn: (id: string) => boolean): boolean {
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Fn::Ssm') return typeof argument === 'string' && argument.startsWith('/i2kit/');
  if (name === 'Ref' || name === 'Fn::GetAtt') return referencesIn(value).every(({ to }) => isOwn(to));
  return isList(value) && value.length > 0 && value.every((each) => isOwnReference(each, isOwn));
}

/** Values without parts of their own; a list of plain values is one. */
function leavesOf(value: Json, path: readonly string[]): readonly { path: readonly string[]; after: Json }[] {
  if (intrinsic(value)) return [{ path, after: value }];
  if (isList(value)) {
    if (value.every((each) => (!isObject(each) && !isList(each)) || intrinsic(each))) return [{ path, after: value }];
    const names = elementNames(value);
    return value.flatMap((each, at) => {
      const { key, name } = names?.[at] ?? { key: undefined, name: String(at) };
      const rest = isObject(each) && key !== undefined ? withoutKey(each, key) : each;
      return leavesOf(rest, [...path, `[${name}]`]);
    });
  }
  if (!isObject(value)) return [{ path, after: value }];
  const entries = Object.entries(value);
  return entries.length === 0
    ? [{ path, after: value }]
    : entries.flatMap(([key, each]) => leavesOf(each, [...path, key]));
}

function withoutKey(object: { readonly [key: string]: Json }, key: string): Json {
  const rest = Object.entries(object).filter(([each]) => each !== key);
  return rest.length === 0 ? object : Object.fromEntries(rest);
}
