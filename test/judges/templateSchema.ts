// A resource type's schema as a template may fill it: a function for any value, a number for a string and the reverse.
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Schema = { [key: string]: Json };

/** A type's schema, with every property also taken as an intrinsic function and without those that only AWS sets. */
export function forTemplates(schema: Schema): Schema {
  const properties = { ...(schema.properties as Schema) };
  for (const pointer of (schema.readOnlyProperties ?? []) as string[]) delete properties[pointer.replace('/properties/', '')];
  const { definitions = {}, required = [], anyOf, oneOf, allOf } = schema;
  const kept = Object.fromEntries(Object.entries({ anyOf, oneOf, allOf }).filter(([, value]) => value !== undefined)) as Schema;
  return {
    type: 'object',
    additionalProperties: false,
    properties: wrapAll(properties),
    required,
    definitions: mapValues(definitions as Schema, loosen),
    ...kept,
  };
}

const intrinsic: Schema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  patternProperties: { '^(Ref|Fn::.+)$': {} },
};
// CloudFormation takes a number for a string and the reverse.
const scalar: Readonly<Record<string, string[]>> = {
  string: ['string', 'number', 'boolean'],
  integer: ['integer', 'string'],
  number: ['number', 'string'],
  boolean: ['boolean', 'string'],
};

function wrapAll(schemas: Schema): Schema {
  return mapValues(schemas, (schema) => ({ anyOf: [intrinsic, loosen(schema)] }));
}

function loosen(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(loosen);
  if (schema === null || typeof schema !== 'object') return schema;
  const result: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' || key === 'patternProperties') result[key] = wrapAll(value as Schema);
    else if (key === 'items') result[key] = { anyOf: [intrinsic, loosen(value)] };
    else if (key === 'type')
      result[key] = [value as string | string[]]
        .flat()
        .flatMap((type) => scalar[type] ?? [type])
        .filter(unique);
    else if (key === 'pattern') {
      if (compiles(value as string)) result[key] = value;
    } else if (key === 'anyOf' || key === 'oneOf' || key === 'allOf') result[key] = (value as Json[]).map(loosen);
    else if (!ignored.has(key)) result[key] = value;
  }
  return result;
}

// A list of distinct items may hold functions that come to the same; the rest are cfn-lint's own.
const ignored = new Set(['uniqueItems', 'dependencies', 'description', 'default', 'examples']);

function compiles(pattern: string): boolean {
  try {
    return Boolean(expression(pattern));
  } catch {
    return false;
  }
}

/** Some patterns need Unicode's mode (\p{L}), some have escapes that it refuses. */
export function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    if (pattern.includes('\\p{')) throw error;
    return new RegExp(pattern);
  }
}

function unique<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}

function mapValues(object: Schema, change: (value: Json) => Json): Schema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
