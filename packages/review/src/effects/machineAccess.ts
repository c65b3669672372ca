// Effects on what machines may do: instance profiles, metadata options, key pairs, and user data that nobody can read.
import { isObject, isSameJson, type Json, listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import { referencesIn } from '../diff/references.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { launchTemplateType, machineTypes, settingsOf } from '../machineSettings.ts';
import { valueText } from '../render/format.ts';
import { intrinsic, isList, objectOf, type Properties, type Resource, refOf } from '../template.ts';
import type { Effect } from './effect.ts';

const profileType = 'AWS::IAM::InstanceProfile';
const launchingTypes = ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance'];

/** In addition to the effects of the machines themselves. */
export function machineAccessEffects(comparison: Comparison): readonly Effect[] {
  if (comparison.fresh) return [];
  const describe = (types: readonly string[], gains: (change: ResourceChange) => readonly string[]) =>
    changesOfType(comparison, ...types)
      .filter(({ action }) => action !== 'remove')
      .flatMap((change): readonly Effect[] => {
        const found = gains(change);
        if (found.length === 0) return [];
        const text = `machines get ${listText(found)}`;
        const base = { verb: 'UPDATE', area: 'rights', guard: 'rights' } as const;
        return [{ ...base, object: objectOfChange(change), text, ids: [change.id], changes: [] }];
      });
  return [
    ...describe(machineTypes, (change) => gainedSettings(comparison, change)),
    ...describe([profileType], (change) => gainedRoles(comparison, change)),
    ...describe(launchingTypes, (change) => otherLaunchTemplates(comparison, change)),
  ];
}

function gainedSettings(comparison: Comparison, change: ResourceChange): readonly string[] {
  const { before, after } = change;
  const [had, has] = [settingsOf(before), settingsOf(after)];
  if (has === undefined)
    return [`settings that i2kit cannot read: ${valueText(after?.Properties?.['LaunchTemplateData'])}`];
  const settings = had ?? {};
  const others = before ? [] : otherSettings(comparison);
  const profile = has['IamInstanceProfile'];
  const key = has['KeyName'];
  return [
    ...(profile !== undefined &&
    !isSameJson(settings['IamInstanceProfile'], profile) &&
    !isOwn(comparison, change, profile)
      ? [
          `the instance profile ${valueText(isObject(profile) && !intrinsic(profile) ? (profile['Arn'] ?? profile['Name']) : profile)}`,
        ]
      : []),
    ...(key !== undefined && ![settings, ...others].some((each) => isSameJson(each['KeyName'], key))
      ? [`the key pair ${valueText(key)}`]
      : []),
    ...weakerMetadata(has, before ? [settings] : [strictMetadata, ...others], after?.Type),
    ...(has['UserData'] !== undefined &&
    !isPodDocument(has['UserData']) &&
    !isSameJson(settings['UserData'], has['UserData'])
      ? ['user data that i2kit cannot read']
      : []),
  ];
}

/** Settings of all machines before the change: a new machine may have those of the app. */
const otherSettings = ({ before }: Comparison): readonly Properties[] =>
  Object.values(before.Resources).flatMap((resource) => {
    const settings = machineTypes.includes(resource.Type) ? settingsOf(resource) : undefined;
    return settings ? [settings] : [];
  });

/** The settings that i2kit writes. */
const strictMetadata: Properties = {
  MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
};

/** A machine without a launch template of its own has the options of the account. */
function weakerMetadata(has: Properties, allowed: readonly Properties[], type: string | undefined): readonly string[] {
  if (type === 'AWS::EC2::Instance' && has['MetadataOptions'] === undefined) return [];
  const options = (settings: Properties) => settings['MetadataOptions'];
  return metadataRanks.flatMap(({ name, rank }) => {
    const optionOf = (all: Json | undefined) => (isObject(all) && !intrinsic(all) ? all[name] : all);
    const value = optionOf(options(has));
    const known = allowed.some((each) => {
      const other = optionOf(options(each));
      return isSameJson(other ?? null, value ?? null) || rank(value) <= rank(other);
    });
    return known ? [] : [`weaker metadata options: ${name} ${value === undefined ? 'not set' : valueText(value)}`];
  });
}

/** From strict to open. An unknown value is open, except beside one of the same text. */
const metadataRanks: readonly { readonly name: string; readonly rank: (value: Json | undefined) => number }[] = [
  { name: 'HttpTokens', rank: (value) => (value === 'required' ? 0 : 1) },
  {
    name: 'HttpPutResponseHopLimit',
    rank: (value) => (typeof value === 'number' || /^\d+$/.test(String(value)) ? Number(value) : Number.MAX_VALUE),
  },
  { name: 'HttpEndpoint', rank: (value) => (value === 'disabled' ? 0 : 1) },
  { name: 'HttpProtocolIpv6', rank: (value) => (value === undefined || value === 'disabled' ? 0 : 1) },
  { name: 'InstanceMetadataTags', rank: (value) => (value === undefined || value === 'disabled' ? 0 : 1) },
];

/** True for the agent's document with the pod in it, as unpacked. */
export const isPodDocument = (userData: Json): boolean => isObject(userData) && isObject(userData['pod']);

/** Roles of an instance profile are the rights of its machines. */
function gainedRoles(comparison: Comparison, change: ResourceChange): readonly string[] {
  const [had, has] = [change.before, change.after].map((profile) => listOf(profile?.Properties?.['Roles']));
  return (has ?? [])
    .filter((role) => !had?.some((each) => isSameJson(each, role)) && !isOwn(comparison, change, role))
    .map((role) => `the role ${valueText(role)}`);
}

/** A new resource may use new resources, and those of its object. An existing one may get nothing else than it has. */
function isOwn({ before, after, changes }: Comparison, change: ResourceChange, value: Json): boolean {
  if (change.before !== undefined) return false;
  const found = referencesIn(value);
  return (
    found.length === 1 &&
    intrinsicOnly(value) &&
    found.every(({ to }) => {
      const resource = after.Resources[to];
      const isSame = objectOf(resource) !== undefined && objectOf(resource) === objectOfChange(change);
      const isNew = before.Resources[to] === undefined || changes.get(to)?.action === 'add';
      return resource !== undefined && (isNew || isSame);
    })
  );
}

const intrinsicOnly = (value: Json): boolean => {
  const [name] = intrinsic(isObject(value) && !intrinsic(value) ? (value['Arn'] ?? value['Name'] ?? '') : value) ?? [];
  return name === 'Ref' || name === 'Fn::GetAtt';
};

/** Machines that start from a launch template of another workload, of another version, or outside of the stack. */
function otherLaunchTemplates(comparison: Comparison, change: ResourceChange): readonly string[] {
  const { before, after } = change;
  const known = launchReferences(before).map(({ value }) => value);
  return launchReferences(after)
    .filter(({ value, id }) => !known.some((each) => isSameJson(each, value)) && !isOwnTemplate(comparison, change, id))
    .map(({ name, value }) => `the settings of another ${name}: ${valueText(value)}`);
}

const isOwnTemplate = ({ before, after, changes }: Comparison, change: ResourceChange, id: string | undefined) => {
  const resource = after.Resources[id ?? ''];
  if (id === undefined || resource?.Type !== launchTemplateType) return false;
  if (changes.get(id)?.action === 'add') return true;
  return before.Resources[change.id] === undefined && objectOf(resource) === objectOfChange(change);
};

interface LaunchReference {
  readonly name: string;
  readonly value: Json;
  /** Logical id of a launch template of the stack in its latest version. */
  readonly id?: string;
}

/** Each place of a group or machine that says by which settings machines start. */
function launchReferences(resource: Resource | undefined): readonly LaunchReference[] {
  const { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName, InstanceId } = resource?.Properties ?? {};
  const nested = [LaunchTemplate, MixedInstancesPolicy].flatMap((each) => specificationsIn(each));
  return [
    ...nested.map((value) => {
      const id = latestTemplateId(value);
      return { name: 'launch template', value, ...(id !== undefined && { id }) };
    }),
    ...(LaunchConfigurationName === undefined
      ? []
      : [{ name: 'launch configuration', value: LaunchConfigurationName }]),
    ...(InstanceId === undefined ? [] : [{ name: 'machine', value: InstanceId }]),
  ];
}

function specificationsIn(value: Json | undefined): readonly Json[] {
  if (isList(value)) return value.flatMap(specificationsIn);
  if (!isObject(value)) return [];
  if (intrinsic(value) || ['LaunchTemplateId', 'LaunchTemplateName'].some((key) => Object.hasOwn(value, key)))
    return [value];
  return Object.values(value).flatMap(specificationsIn);
}

function latestTemplateId(value: Json): string | undefined {
  const { LaunchTemplateId, Version } = isObject(value) ? value : {};
  const id = refOf(LaunchTemplateId);
  return isSameJson(Version, { 'Fn::GetAtt': [id ?? '', 'LatestVersionNumber'] }) ? id : undefined;
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isList(value) ? value : [value];
