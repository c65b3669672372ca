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
    if (call) {
      const argument = call[0] === 'Fn::Sub' ? value(call[1]) : call[1];
      return resolvedCall(template, known, [call[0], argument]) ?? { [call[0]]: value(call[1]) };
    }
    if (isList(json)) return json.map(value);
    if (isObject(json)) return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, value(inner)]));
    return json;
  };
  // Policies of updates have references, too.
  const resource = (from: Resource): Resource => value(from as unknown as Json) as unknown as Resource;
  return {
    ...template,
    Resources: Object.fromEntries(Object.entries(template.Resources).map(([id, from]) => [id, resource(from)])),
  };
}

/** The value of a parameter; undefined if there is none, or only the stack knows it. */
function parameterValue({ Parameters = {} }: Template, known: KnownValues, name: string): Json | undefined {
  const parameter = Object.hasOwn(Parameters, name) ? Parameters[name] : undefined;
  const given = known.parameters?.[name] ?? parameter?.Default;
  if (!parameter || given === undefined) return undefined;
  return String(parameter.Type).startsWith('AWS::SSM::Parameter') ? { 'Fn::Ssm': given } : given;
}

/** The call with the values of the parameters in its text as its own; undefined if it has none. */
function resolvedSubstitution(template: Template, known: KnownValues, argument: Json): Json | undefined {
  const [text, names = {}] = isList(argument) ? argument : [argument];
  if (typeof text !== 'string' || !isObject(names)) return undefined;
  const used = [...text.matchAll(/\$\{([^!${}][^${}]*)\}/g)].flatMap(([, name = '']) => {
    const found = Object.hasOwn(names, name) ? undefined : parameterValue(template, known, name);
    return found === undefined ? [] : [[name, found] as const];
  });
  return used.length === 0 ? undefined : { 'Fn::Sub': [text, { ...names, ...Object.fromEntries(used) }] };
}

/** The value of a call; undefined if only the stack can compute it. */
function resolvedCall(
  template: Template,
  known: KnownValues,
  [name, argument]: readonly [string, Json],
): Json | undefined {
  const { Mappings = {} } = template;
  if (name === 'Ref' && typeof argument === 'string')
    return argument === 'AWS::Region' ? known.region : parameterValue(template, known, argument);
  if (name === 'Fn::Sub') return resolvedSubstitution(template, known, argument);
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
