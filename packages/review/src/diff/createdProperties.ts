// The properties of an added resource that a reviewer has to see: everything that is written, without what every one of its type has.
import { isObject, isSameJson, type Json } from '@i2kit/common';
import { intrinsic, isList, type Resource } from '../template.ts';
import { elementNames, type ValueChange } from './valueChanges.ts';

export type CreatedProperty = ValueChange & { readonly replacement: 'never' };

/** Types whose effects say all about them, or that only connect others. */
const describedTypes: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::InstanceProfile',
  'AWS::Logs::LogGroup',
  // By their rules and grants.
  'AWS::EC2::SecurityGroup',
  'AWS::IAM::Role',
]);

/** Parts of paths, at their start or as a whole, that say nothing about what runs. */
const omittedPaths: readonly string[] = [
  'Tags',
  'LaunchTemplateData.TagSpecifications',
  ...['apiVersion', 'stack', 'region', 'resource', 'logs', 'lifecycleHook', 'role', 'serviceVariables', 'disks'].map(
    (name) => `LaunchTemplateData.UserData.${name}`,
  ),
  'LaunchTemplateData.UserData.rollout',
  ...['owner', 'generateName', 'namespace', 'labels', 'dns'].map((name) => `LaunchTemplateData.UserData.pod.${name}`),
];

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
};

export function createdProperties({ Type, Properties = {} }: Resource): readonly CreatedProperty[] {
  if (describedTypes.has(Type)) return [];
  return leavesOf(Properties, []).flatMap(({ path, after }): CreatedProperty[] => {
    const name = path.join('.');
    const omitted = omittedPaths.some((each) => name === each || name.startsWith(`${each}.`));
    const common = Object.hasOwn(commonValues, name) && isSameJson(commonValues[name], after);
    const linked = isReference(after) && !shownReferences.includes(name);
    return omitted || common || linked ? [] : [{ path, after, replacement: 'never' }];
  });
}

/** References to resources and to parameters of the environment: what they lead to is shown where it is created. */
function isReference(value: Json): boolean {
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Fn::Ssm') return typeof argument === 'string' && argument.startsWith('/i2kit/');
  if (name === 'Ref' || name === 'Fn::GetAtt') return true;
  return isList(value) && value.length > 0 && value.every(isReference);
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
