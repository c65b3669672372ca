// Replaces parameters and mappings by their known values, so that a changed value shows as a change of each resource
// that uses it.
import { isObject, type Json } from '@i2kit/common';
import { intrinsic, isList, type Resource, type Template } from '../template.ts';

export interface KnownValues {
  /** Region of the stack; without it, mappings by region stay unresolved. */
  readonly region?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

export function resolveParameters(template: Template, known: KnownValues = {}): Template {
  const value = (json: Json): Json => {
    const call = intrinsic(json);
    if (call) return resolvedCall(template, known, call) ?? { [call[0]]: value(call[1]) };
    if (isList(json)) return json.map(value);
    if (isObject(json)) return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, value(inner)]));
    return json;
  };
  const resource = (from: Resource): Resource =>
    from.Properties ? { ...from, Properties: value(from.Properties) as NonNullable<Resource['Properties']> } : from;
  return {
    ...template,
    Resources: Object.fromEntries(Object.entries(template.Resources).map(([id, from]) => [id, resource(from)])),
  };
}

/** The value of a call; undefined if only the stack can compute it. */
function resolvedCall(
  { Parameters = {}, Mappings = {} }: Template,
  known: KnownValues,
  [name, argument]: readonly [string, Json],
): Json | undefined {
  if (name === 'Ref' && typeof argument === 'string') {
    if (argument === 'AWS::Region') return known.region;
    const parameter = Object.hasOwn(Parameters, argument) ? Parameters[argument] : undefined;
    const given = known.parameters?.[argument] ?? parameter?.Default;
    if (!parameter || given === undefined) return undefined;
    return String(parameter.Type).startsWith('AWS::SSM::Parameter') ? { 'Fn::Ssm': given } : given;
  }
  if (name !== 'Fn::FindInMap' || !isList(argument)) return undefined;
  const [map, first, second] = argument;
  const keys = typeof map === 'string' ? Mappings[map] : undefined;
  if (!keys || typeof second !== 'string') return undefined;
  const key = intrinsic(first)?.[1] === 'AWS::Region' ? known.region : first;
  if (typeof key === 'string') return keys[key]?.[second];
  // The region is unknown: the value is the whole row.
  return Object.fromEntries(
    Object.entries(keys).flatMap(([each, row]) => (row[second] === undefined ? [] : [[each, row[second]]])),
  );
}
