// What is wrong with a resource after an override: sections and properties that may not be changed, and what CloudFormation would refuse.

import { isObject, type Json } from '@i2kit/common';
import { type Path, pathText } from '../../../diagnostic.ts';
import type { ResourceTypes } from '../../../resourceTypes.ts';
import type { Resource } from '../../../template.ts';
import { referencedIds } from '../references.ts';
import { propertyErrors } from './propertyTypes.ts';
import { shortName } from './resourceAddress.ts';

// What is wrong with a resource after an override: what is not the user's to change, and what CloudFormation would not take.

export interface OverrideError {
  readonly code: 'I2K773' | 'I2K774';
  readonly message: string;
  /** In the resource. */
  readonly path: Path;
  readonly hint?: string;
}

type Body = Readonly<Record<string, unknown>>;

/** `ids` are those of the template's resources and parameters. */
export const overrideErrors = (before: Resource, after: Json, ids: ReadonlySet<string>): readonly OverrideError[] => {
  const now: Body = isObject(after) ? after : {};
  return [
    ...closedSectionErrors({ ...before }, now),
    ...fixedPropertyErrors(before, now),
    ...propertyTypeErrors(before, now),
    ...danglingReferenceErrors(now, ids),
  ];
};

const isDifferent = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

const closedSectionErrors = (before: Body, now: Body): readonly OverrideError[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter(
      (part) => !(overridableSections as readonly string[]).includes(part) && isDifferent(before[part], now[part]),
    )
    .map((part) => ({
      code: 'I2K773',
      message: `an override cannot change ${part} of a resource`,
      path: [part],
      hint: `it can change ${overridableSections.join(', ')}`,
    }));

function fixedPropertyErrors({ Type, Properties }: Resource, now: Body): readonly OverrideError[] {
  const [old, changed] = [Properties as Body, isObject(now['Properties']) ? now['Properties'] : {}];
  return (fixedPropertiesByType[Type] ?? [])
    .filter((property) => isDifferent(old[property], changed[property]))
    .map((property) => ({
      code: 'I2K773',
      message: `an override cannot change ${property} of a ${shortName(Type)}`,
      path: ['Properties', property],
      hint: 'change the manifest that it comes from',
    }));
}

/** What was there before is not the override's doing. */
function propertyTypeErrors({ Type, Properties }: Resource, now: Body): readonly OverrideError[] {
  const known = new Set(propertyErrors(Type, Properties).map(({ path }) => pathText(path)));
  return propertyErrors(Type, now['Properties'] ?? {})
    .filter(({ path }) => !known.has(pathText(path)))
    .map((wrong) => ({ code: 'I2K774', ...wrong }));
}

function danglingReferenceErrors(now: Body, ids: ReadonlySet<string>): readonly OverrideError[] {
  const after = [now['DependsOn'] ?? []].flat().map(String);
  return [...new Set([...referencedIds(now), ...after])]
    .filter((id) => !ids.has(id))
    .map((id) => ({
      code: 'I2K774',
      message: `${id} is neither a resource nor a parameter of the template`,
      path: [],
    }));
}

// What an override may not change: what a logical id is made of, and names that would keep AWS from replacing a resource.

/** Parts of a resource that an override may change; all others are i2kit's own. */
export const overridableSections = [
  'Properties',
  'DependsOn',
  'CreationPolicy',
  'UpdatePolicy',
  'DeletionPolicy',
  'UpdateReplacePolicy',
] as const;

/** Two resources with one of these in common collide, and only ids that are made of them tell so before AWS does. */
export const fixedPropertiesByType: { readonly [type in keyof ResourceTypes]?: readonly string[] } = {
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn', 'Port'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['ListenerArn', 'Priority'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Name'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['Name'],
  'AWS::Route53::RecordSet': ['HostedZoneId', 'HostedZoneName', 'Name', 'SetIdentifier', 'Type'],
  'AWS::AutoScaling::AutoScalingGroup': ['AutoScalingGroupName'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateName'],
  'AWS::EC2::SecurityGroup': ['GroupName'],
  'AWS::IAM::InstanceProfile': ['InstanceProfileName'],
  'AWS::IAM::Role': ['RoleName'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
};
