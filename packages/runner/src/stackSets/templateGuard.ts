// Finds the data that a change of a set's template would lose. A stack set has no change sets, so templates are
// compared: a change that could replace a guarded resource counts as a replacement.

import type { EndangeredResource } from '../stack/dataLossGuard.ts';
import { dataLossRiskOf } from '../stack/dataLossGuard.ts';

interface ResourceShape {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** Properties that CloudFormation changes in place. */
const inPlaceProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Volume': ['Size', 'VolumeType', 'Iops', 'Throughput', 'Tags'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    'LoadBalancerAttributes',
    'SecurityGroups',
    'Subnets',
    'Tags',
    'IpAddressType',
  ],
  'AWS::S3::Bucket': [
    'BucketEncryption',
    'LifecycleConfiguration',
    'VersioningConfiguration',
    'PublicAccessBlockConfiguration',
    'OwnershipControls',
    'Tags',
  ],
  'AWS::Route53::HostedZone': ['HostedZoneConfig', 'HostedZoneTags', 'VPCs'],
  'AWS::EC2::EIP': ['Tags'],
};

const resourcesIn = (template: string): Readonly<Record<string, ResourceShape>> => {
  try {
    return (JSON.parse(template) as { Resources?: Record<string, ResourceShape> } | null)?.Resources ?? {};
  } catch {
    return {};
  }
};

/** Guarded resources of a template that deleting its stack would delete, by logical id. */
export const dataResourcesIn = (template: string): readonly string[] =>
  Object.entries(resourcesIn(template)).flatMap(([id, { Type = '', DeletionPolicy = 'Delete' }]) =>
    dataLossRiskOf(Type) === 'data' && !DeletionPolicy.startsWith('Retain') ? [id] : [],
  );

export function endangeredByTemplateChange(before: string, after: string): readonly EndangeredResource[] {
  const next = resourcesIn(after);
  return Object.entries(resourcesIn(before)).flatMap(([logicalId, old]): readonly EndangeredResource[] => {
    const type = old.Type ?? '';
    const worth = dataLossRiskOf(type);
    if (worth === undefined) return [];
    const found = { logicalId, physicalId: '', type, worth } as const;
    const now = next[logicalId];
    if (now === undefined)
      return (old.DeletionPolicy ?? 'Delete').startsWith('Retain') ? [] : [{ ...found, how: 'deleted' }];
    if (now.Type !== type) return [{ ...found, how: 'replaced' }];
    const names = [...new Set([...Object.keys(old.Properties ?? {}), ...Object.keys(now.Properties ?? {})])];
    const changed = names.filter(
      (name) => JSON.stringify(old.Properties?.[name]) !== JSON.stringify(now.Properties?.[name]),
    );
    return changed.every((name) => inPlaceProperties[type]?.includes(name))
      ? []
      : [{ ...found, how: 'may be replaced' }];
  });
}
