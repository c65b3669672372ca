// References between stacks: one stack writes an SSM parameter and another reads it.
import { isObject } from '@i2kit/common';
import type { Parameter, Resource } from '../../../template.ts';
import { environmentParameterPrefix } from '../environmentParameters.ts';

/** A resource's `Ref`, or one of its attributes. */
export interface CrossStackReference {
  readonly id: string;
  readonly attribute?: string;
}

/** Id of the reading parameter: equal to the resource's id, so that a `Ref` stays unchanged. */
export const crossStackParameterId = ({ id, attribute = '' }: CrossStackReference): string =>
  `${id}${attribute.replace(/\W/g, '')}`;

interface AppName {
  readonly env: string;
  readonly app: string;
}

const parameterPath = ({ env, app }: AppName, { id, attribute }: CrossStackReference): string =>
  `${environmentParameterPrefix(env)}/apps/${app}/${id}${attribute === undefined ? '' : `/${attribute}`}`;

export const writtenParameter = (
  place: AppName,
  crossing: CrossStackReference,
  resource: Resource,
): readonly [string, Resource] => [
  `${crossStackParameterId(crossing)}HandedOver`,
  {
    Type: 'AWS::SSM::Parameter',
    Metadata: { 'i2kit:origin': resource.Metadata?.['i2kit:origin'] ?? `App/${place.app}` },
    Properties: {
      Type: 'String',
      Name: parameterPath(place, crossing),
      Value:
        crossing.attribute === undefined ? { Ref: crossing.id } : { 'Fn::GetAtt': [crossing.id, crossing.attribute] },
    },
  },
];

export const readParameter = (
  place: AppName,
  crossing: CrossStackReference,
  resource: Resource,
): readonly [string, Parameter] => [
  crossStackParameterId(crossing),
  {
    Type: `AWS::SSM::Parameter::Value<${resource.Type === 'AWS::EC2::SecurityGroup' ? 'AWS::EC2::SecurityGroup::Id' : 'String'}>`,
    Default: parameterPath(place, crossing),
    Description: `${crossing.attribute ?? 'Id'} of ${crossing.id}, in the stack that the workloads of ${place.app} share`,
  },
];

/** The value with references to other stacks replaced by parameters, and these references. */
export function withCrossStackReferences<T>(
  value: T,
  isElsewhere: (id: string) => boolean,
): { readonly value: T; readonly crossings: readonly CrossStackReference[] } {
  const crossings = new Map<string, CrossStackReference>();
  const cross = (id: string, attribute?: string) => {
    const crossing = { id, ...(attribute !== undefined && { attribute }) };
    crossings.set(crossStackParameterId(crossing), crossing);
    return crossStackParameterId(crossing);
  };
  const visit = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(visit);
    if (!isObject(inner)) return inner;
    const { Ref: id, 'Fn::GetAtt': got, 'Fn::Sub': text } = inner;
    if (typeof id === 'string' && isElsewhere(id)) return { Ref: cross(id) };
    if (Array.isArray(got) && isElsewhere(String(got[0]))) return { Ref: cross(String(got[0]), String(got[1])) };
    if (typeof text === 'string') {
      const said = text.replace(/\$\{(\w+)(?:\.([\w.]+))?\}/g, (whole, name: string, attribute?: string) =>
        isElsewhere(name) ? `\${${cross(name, attribute)}}` : whole,
      );
      return { 'Fn::Sub': said };
    }
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, visit(each)]));
  };
  const changed = visit(value) as T;
  return { value: changed, crossings: [...crossings.values()] };
}
