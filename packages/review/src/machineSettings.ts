// Reads the settings of machines that decide what they may do and who reaches them, wherever a template has them.
import { isObject, type Json } from '@i2kit/common';
import { groupIdOf } from './securityGroupRules.ts';
import { isList, type Properties, type Resource, type Template } from './template.ts';

export const launchTemplateType = 'AWS::EC2::LaunchTemplate';

/** Types whose properties are settings of machines. */
export const machineTypes: readonly string[] = [
  launchTemplateType,
  'AWS::EC2::Instance',
  'AWS::AutoScaling::LaunchConfiguration',
];

/** Types that have security groups. */
export const networkHolderTypes: readonly string[] = [
  ...machineTypes,
  'AWS::EC2::NetworkInterface',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
];

/** The properties with the settings; those of a launch template are one level below. Undefined if they cannot be read. */
export function settingsOf(resource: Resource | undefined): Properties | undefined {
  const properties = resource?.Properties ?? {};
  if (resource?.Type !== launchTemplateType) return properties;
  const data = properties['LaunchTemplateData'];
  return isObject(data) && Object.keys(data).every((key) => !key.startsWith('Fn::')) ? data : undefined;
}

/**
 * Security groups as logical ids, parameters, or texts that equal only themselves; of a network interface that exists by itself, the
 * interface.
 */
export function securityGroupsOf(resource: Resource | undefined): readonly string[] {
  if (resource === undefined) return [];
  const settings = settingsOf(resource);
  if (settings === undefined) return [groupIdOf(resource.Properties?.['LaunchTemplateData'] ?? '')];
  const own = groupProperties.flatMap((name) => listOf(settings[name]));
  const interfaces = listOf(settings['NetworkInterfaces']).flatMap((each) => {
    if (!isObject(each) || Object.keys(each).some((key) => key.startsWith('Fn::'))) return [each];
    return [...groupProperties, 'NetworkInterfaceId'].flatMap((name) => listOf(each[name]));
  });
  return [...new Set([...own, ...interfaces].map(groupIdOf))];
}

const groupProperties = ['SecurityGroupIds', 'SecurityGroups', 'GroupSet', 'Groups'];

/** Properties by which a machine is reached from outside of its network, with their values; without those that are off. */
export function publicAddressesOf(resource: Resource | undefined): Readonly<Record<string, Json>> {
  const settings = settingsOf(resource) ?? {};
  const all = [settings, ...listOf(settings['NetworkInterfaces'])].flatMap((each) =>
    isObject(each) ? Object.entries(each).filter(([name]) => addressProperties.includes(name)) : [],
  );
  return Object.fromEntries(all);
}

const addressProperties = [
  'AssociatePublicIpAddress',
  'AssociateCarrierIpAddress',
  'Ipv6AddressCount',
  'Ipv6Addresses',
  'Ipv6PrefixCount',
  'Ipv6Prefixes',
];

const holdersByTemplate = new WeakMap<Template, ReadonlyMap<string, readonly string[]>>();

/** Security group → logical ids of the resources that have it. */
export function groupHolders(template: Template): ReadonlyMap<string, readonly string[]> {
  const known = holdersByTemplate.get(template);
  if (known) return known;
  const found = new Map<string, string[]>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!networkHolderTypes.includes(resource.Type)) continue;
    for (const group of securityGroupsOf(resource)) found.set(group, [...(found.get(group) ?? []), id]);
  }
  holdersByTemplate.set(template, found);
  return found;
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isList(value) ? value : [value];
