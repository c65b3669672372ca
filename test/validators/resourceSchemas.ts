// Checks resources' properties against the schemas that CloudFormation publishes, relaxed for intrinsic functions.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { ensureTestTools } from '../../scripts/testTools.mjs';
import { region } from '../awsEmulator/clients.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: object;
}

/** Returns the check of a template: a line for each property that its resource does not accept. */
export async function loadSchemaCheck(): Promise<(template: object) => string[]> {
  const { python } = await ensureTestTools();
  const library = join(dirname(python), '../lib');
  const schemas = join(library, readdirSync(library)[0] as string, 'site-packages/cfnlint/data/schemas');
  const files = readJson(join(schemas, `providers/${region}.json`)) as Record<string, string>;
  // The schemas have their own keywords, and patterns that not every engine accepts.
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
    code: { regExp: Object.assign(patternOf, { code: '' }) },
  });
  const validators = new Map<string, ValidateFunction>();

  const validatorOf = (type: string): ValidateFunction | undefined => {
    const file = files[type];
    if (!file) return undefined;
    let validator = validators.get(type);
    if (!validator) {
      validator = ajv.compile(templateSchemaOf(readJson(join(schemas, `resources/${file}.json`)) as Schema));
      validators.set(type, validator);
    }
    return validator;
  };

  return (template) => {
    const { Resources = {} } = template as { Resources?: Record<string, Resource> };
    return Object.entries(Resources).flatMap(([name, resource]) => {
      const validator = validatorOf(resource.Type);
      if (!validator) return [`${name}: no such type ${resource.Type}`];
      if (validator(resource.Properties ?? {})) return [];
      return (validator.errors ?? [])
        .filter(isTelling)
        .map((error) => `${name}${error.instancePath}: ${describe(error)}`);
    });
  };
}

/** Not the branches that already mean "not a function". */
function isTelling(error: ErrorObject): boolean {
  return error.keyword !== 'anyOf' && !error.schemaPath.includes('/anyOf/0/');
}

function describe(error: ErrorObject): string {
  const { additionalProperty, allowedValues } = error.params as {
    additionalProperty?: string;
    allowedValues?: unknown[];
  };
  return `${error.message}${additionalProperty ? `: ${additionalProperty}` : ''}${allowedValues ? `: ${allowedValues.join(', ')}` : ''}`;
}

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8')) as Json;
}

// A resource type's schema as a template may use it: functions for any value, numbers for strings and the reverse.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Schema = { [key: string]: Json };

/** A type's schema, with every property also taken as an intrinsic function and without those that only AWS sets. */
export function templateSchemaOf(schema: Schema): Schema {
  const properties = { ...(schema.properties as Schema) };
  for (const pointer of (schema.readOnlyProperties ?? []) as string[])
    delete properties[pointer.replace('/properties/', '')];
  const { definitions = {}, required = [], anyOf, oneOf, allOf } = schema;
  const kept = Object.fromEntries(
    Object.entries({ anyOf, oneOf, allOf }).filter(([, value]) => value !== undefined),
  ) as Schema;
  return {
    type: 'object',
    additionalProperties: false,
    properties: wrapAll(properties),
    required,
    definitions: mapValues(definitions as Schema, loosen),
    ...kept,
  };
}

const intrinsicSchema: Schema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  patternProperties: { '^(Ref|Fn::.+)$': {} },
};
// CloudFormation accepts a number for a string and the reverse.
const scalarTypes: Readonly<Record<string, string[]>> = {
  string: ['string', 'number', 'boolean'],
  integer: ['integer', 'string'],
  number: ['number', 'string'],
  boolean: ['boolean', 'string'],
};

function wrapAll(schemas: Schema): Schema {
  return mapValues(schemas, (schema) => ({ anyOf: [intrinsicSchema, loosen(schema)] }));
}

function loosen(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(loosen);
  if (schema === null || typeof schema !== 'object') return schema;
  const result: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' || key === 'patternProperties') result[key] = wrapAll(value as Schema);
    else if (key === 'items') result[key] = { anyOf: [intrinsicSchema, loosen(value)] };
    else if (key === 'type')
      result[key] = [value as string | string[]]
        .flat()
        .flatMap((type) => scalarTypes[type] ?? [type])
        .filter(isFirst);
    else if (key === 'pattern') {
      if (isValidPattern(value as string)) result[key] = value;
    } else if (key === 'anyOf' || key === 'oneOf' || key === 'allOf') result[key] = (value as Json[]).map(loosen);
    else if (!ignoredKeywords.has(key)) result[key] = value;
  }
  return result;
}

// A list of distinct items may hold functions with equal values; the rest are cfn-lint's own.
const ignoredKeywords = new Set(['uniqueItems', 'dependencies', 'description', 'default', 'examples']);

function isValidPattern(pattern: string): boolean {
  try {
    return Boolean(patternOf(pattern));
  } catch {
    return false;
  }
}

/** Some patterns need Unicode mode (\p{L}), some have escapes that it refuses. */
export function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    if (pattern.includes('\\p{')) throw error;
    return new RegExp(pattern);
  }
}

function isFirst<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}

function mapValues(object: Schema, change: (value: Json) => Json): Schema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
