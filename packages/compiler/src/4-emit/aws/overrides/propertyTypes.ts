// Checks a resource's properties against CloudFormation's schema: names, types, and required properties.
import { isObject, nearest } from '@i2kit/common';
import type { Path } from '../../../diagnostic.ts';
import { properties } from '../../../generated/properties.ts';

export interface PropertyError {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
}

type PropertyTypes = Readonly<Record<string, Readonly<Record<string, string>>>>;
let parsedTypes: PropertyTypes | undefined;
/** Parsed once, at the first override. */
const propertyTypes = (): PropertyTypes => {
  parsedTypes ??= JSON.parse(properties) as PropertyTypes;
  return parsedTypes;
};

/**
 * Errors in the properties of a resource type. Intrinsic functions are skipped, since CloudFormation computes their
 * values.
 */
export function propertyErrors(type: string, value: unknown): readonly PropertyError[] {
  const found: PropertyError[] = [];
  visitValue(value, type, ['Properties'], found);
  return found;
}

function visitValue(value: unknown, code: string, path: Path, found: PropertyError[]): void {
  if (isFunction(value)) return;
  const wrong = (what: string) => found.push({ path, message: `${path.at(-1)} must be ${what}` });
  if (code.startsWith('[')) {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) visitValue(item, code.slice(1), [...path, index], found);
    else wrong('a list');
  } else if (code.startsWith('{')) {
    if (isObject(value))
      for (const [key, item] of Object.entries(value)) visitValue(item, code.slice(1), [...path, key], found);
    else wrong('a mapping');
  } else if (code in scalars) {
    const { is, called } = scalars[code as keyof typeof scalars];
    if (!is(value)) wrong(called);
  } else if (code !== 'json') {
    if (isObject(value)) visitFields(value, code, path, found);
    else wrong('a mapping');
  }
}

function visitFields(value: Readonly<Record<string, unknown>>, code: string, path: Path, found: PropertyError[]): void {
  const known = propertyTypes()[code] ?? {};
  for (const [key, item] of Object.entries(value)) {
    const field = Object.hasOwn(known, key) ? known[key] : undefined;
    if (field !== undefined) visitValue(item, field.replace('!', ''), [...path, key], found);
    else {
      const near = nearest(key, Object.keys(known));
      const hint = near === undefined ? `It has ${Object.keys(known).join(', ')}.` : `Did you mean ${near}?`;
      found.push({ path: [...path, key], message: `${code.split(/::|\./).at(-1)} has no property ${key}`, hint });
    }
  }
  for (const [key, field] of Object.entries(known)) {
    if (field.endsWith('!') && !Object.hasOwn(value, key))
      found.push({ path, message: `${path.at(-1)} lacks the required property ${key}` });
  }
}

const isFunction = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).length === 1 && /^(Ref|Fn::\w+)$/.test(Object.keys(value)[0] ?? '');

/** CloudFormation also accepts numbers and booleans as text. */
const scalars = {
  string: { called: 'a text', is: (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) },
  number: {
    called: 'a number',
    is: (value: unknown) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)),
  },
  boolean: { called: 'true or false', is: (value: unknown) => ['true', 'false'].includes(String(value)) },
} as const;
