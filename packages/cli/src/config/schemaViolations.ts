// Converts schema violations to diagnostics with the place, the accepted values, and the nearest name.
import { escapeInvisible, listText, nearest } from '@i2kit/common';
import type { Code, Diagnostic, Path } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import {
  config,
  context,
  lock,
  type Schema,
  type SchemaError,
  schemas,
  type Validator,
} from '../generated/validators.js';

export interface SchemaViolation {
  readonly code: Code;
  readonly message: string;
  readonly hint?: string;
  readonly path: Path;
  readonly atKey: boolean;
}

/** The settings files, each with its schema. */
export type SettingsName = 'config' | 'lock' | 'context';

const validators: Readonly<Record<SettingsName, Validator>> = { config, lock, context };

/** The name and diagnostic code of each file. */
const fileLabels = {
  config: { label: 'the configuration', code: 'I2K732' },
  lock: { label: 'the lock', code: 'I2K733' },
  context: { label: 'the context', code: 'I2K736' },
} as const;

/** One per place, in the schema's order. */
export function schemaViolations(name: SettingsName, value: unknown): SchemaViolation[] {
  const validate = validators[name];
  if (validate(value)) return [];
  const found = new Map<string, SchemaViolation>();
  for (const error of validate.errors ?? []) {
    // The validator reports a wrong key twice, as does `propertyNames`.
    if (error.propertyName !== undefined) continue;
    const shape = violationOf(name, error);
    const place = JSON.stringify(shape.path);
    if (!found.has(place)) found.set(place, shape);
  }
  return [...found.values()];
}

function violationOf(name: SettingsName, { keyword, instancePath, params }: SchemaError): SchemaViolation {
  const at = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const schema = at.reduce<Schema | undefined>(subschema, schemas[name]);
  const key = String(params['additionalProperty'] ?? params['propertyName'] ?? params['missingProperty'] ?? '');
  const label = at.length > 0 ? `'${escapeInvisible(at.join('.'))}'` : fileLabels[name].label;
  const { code } = fileLabels[name];
  const here = { code, path: at, atKey: false } as const;
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys(schema?.properties ?? {});
      const meant = nearest(key, known);
      const hint = meant ? `Did you mean ${meant}?` : `It has ${listText(known)}.`;
      const message = `there is no setting '${escapeInvisible([...at, key].join('.'))}'`;
      return { code: name === 'config' ? 'I2K731' : code, message, hint, path: [...at, key], atKey: true };
    }
    case 'propertyNames':
      return {
        ...here,
        message: `'${escapeInvisible(key)}' cannot be a key of ${label}`,
        ...exampleHint(schema, 'object'),
        path: [...at, key],
        atKey: true,
      };
    case 'required':
      return { ...here, message: `${label} lacks '${key}'` };
    case 'type':
      return { ...here, message: `${label} must be ${typeText(schema)}`, ...exampleHint(schema) };
    case 'enum':
      return { ...here, message: `${label} must be ${listText((schema?.enum ?? []).map(String), 'or')}` };
    case 'minimum':
    case 'maximum':
      return {
        ...here,
        message: `${label} must be ${keyword === 'minimum' ? 'at least' : 'at most'} ${params['limit']}`,
      };
    case 'maxLength':
      return { ...here, code: nameCode(at, code), message: `${label} has more than ${params['limit']} characters` };
    default:
      return {
        ...here,
        code: nameCode(at, code),
        message: `${label} has an invalid value`,
        ...exampleHint(schema),
      };
  }
}

const nameCode = (at: readonly string[], otherwise: Code): Code =>
  at[0] === 'app' || at[0] === 'env' ? 'I2K742' : otherwise;

const subschema = (schema: Schema | undefined, part: string): Schema | undefined => {
  const own = schema?.properties && Object.hasOwn(schema.properties, part) ? schema.properties[part] : undefined;
  const item = /^\d+$/.test(part) ? schema?.items : undefined;
  return own ?? item ?? (typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined);
};

function exampleHint(schema: Schema | undefined, type?: 'object'): { readonly hint?: string } {
  const first = (schema?.examples ?? []).find((one) => type === undefined || typeof one === type);
  return first === undefined
    ? {}
    : { hint: `For example: ${typeof first === 'string' ? first : JSON.stringify(first)}.` };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};
const typeText = (schema: Schema | undefined): string =>
  listText(
    [schema?.type ?? []].flat().map((type) => typeNames[type] ?? type),
    'or',
  );

/** Diagnostics of one place outside of a file: a flag or a variable. */
export const flagDiagnostics = (source: string, shapes: readonly SchemaViolation[]): Diagnostic[] =>
  shapes.map(({ code, message, hint }) => diagnosticAt(code, message, { source, ...(hint !== undefined && { hint }) }));
