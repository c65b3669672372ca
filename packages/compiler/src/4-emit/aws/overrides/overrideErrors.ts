// Errors of an overridden resource: sections and properties that must not change, and input that CloudFormation would
// refuse.

import { isObject, type Json } from '@i2kit/common';
import { type Path, pathText } from '../../../diagnostic.ts';
import type { ResourceTypes } from '../../../resourceTypes.ts';
import type { Resource } from '../../../template.ts';
import { referencedIds } from '../references.ts';
import { propertyErrors } from './propertyTypes.ts';
import { shortName } from './resourceAddress.ts';

export interface OverrideError {
  readonly code: 'I2K773' | 'I2K774';
  readonly message: string;
  /** Path in the resource. */
  readonly path: Path;
  readonly hint?: string;
}

type Body = Readonly<Record<string, unknown>>;

/** @param ids logical ids of the template's resources and parameters */
export const overrideErrors = (before: Resource, after: Json, ids: ReadonlySet<string>): readonly OverrideError[] => {
  const now: Body = isObject(after) ? after : {};
  return [
    ...closedSectionErrors({ ...before }, now),
    ...fixedPropertyErrors(before, now),
    ...propertyTypeErrors(before, now),
    ...danglingReferenceErrors(now, ids),
    ...transformErrors(now, []),
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
      hint: `It can change ${overridableSections.join(', ')}.`,
    }));

function fixedPropertyErrors({ Type, Properties }: Resource, now: Body): readonly OverrideError[] {
  const [old, changed] = [Properties as Body, isObject(now['Properties']) ? now['Properties'] : {}];
  return (fixedPropertiesByType[Type] ?? [])
    .filter((property) => isDifferent(old[property], changed[property]))
    .map((property) => ({
      code: 'I2K773',
      message: `an override cannot change ${property} of a ${shortName(Type)}`,
      path: ['Properties', property],
      hint: 'Change the manifest that it comes from.',
    }));
}

/** Errors that existed before are not caused by the override. */
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

function transformErrors(value: unknown, path: Path): readonly OverrideError[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => transformErrors(each, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): readonly OverrideError[] =>
    key === 'Fn::Transform'
      ? [
          {
            code: 'I2K774',
            message: 'an override cannot call a transform',
            path: [...path, key],
            hint: 'It could change any part of the resource, and no review could show that. Write the result here.',
          },
        ]
      : transformErrors(inner, [...path, key]),
  );
}

/**
 * Properties that an override must not change: those that determine the logical id, and names that would prevent
 * replacement. Sections that an override may change; i2kit controls all others.
 */
export const overridableSections = [
  'Properties',
  'DependsOn',
  'CreationPolicy',
  'UpdatePolicy',
  'DeletionPolicy',
  'UpdateReplacePolicy',
] as const;

/** Two resources with equal values of these collide; ids derived from them reveal it before AWS does. */
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
