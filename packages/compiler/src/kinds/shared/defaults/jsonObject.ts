// JSON objects for the defaults: a new copy without nulls, and access that tolerates any shape.
import { isObject } from '@i2kit/common';

export type JsonObject = { [key: string]: unknown };

/** The value of a null in a map of these: Go reads it as the zero value, whereas a null field is an absent field. */
const NULL_VALUES: { readonly [field: string]: string } = {
  ...Object.fromEntries(
    [
      'annotations',
      'binaryData',
      'data',
      'labels',
      'matchLabels',
      'nodeSelector',
      'options',
      'stringData',
      'userAnnotations',
      'volumeAttributes',
    ].map((field) => [field, '']),
  ),
  ...Object.fromEntries(
    [
      'capacity',
      'default',
      'defaultRequest',
      'hard',
      'limits',
      'max',
      'maxLimitRequestRatio',
      'min',
      'overhead',
      'requests',
    ].map((field) => [field, '0']),
  ),
};

/** A copy that shares nothing with the original, to be filled with defaults. */
export const copyWithoutNulls = (object: JsonObject): JsonObject => copyObject(object, undefined);

function copyObject(object: JsonObject, zero: string | undefined): JsonObject {
  const fresh: JsonObject = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === null && zero === undefined) continue;
    const copied =
      value === null
        ? zero
        : copyValue(value, zero === undefined && Object.hasOwn(NULL_VALUES, key) ? NULL_VALUES[key] : undefined);
    // Defined rather than assigned, as assigning to a label called __proto__ would not add it.
    if (key === '__proto__')
      Object.defineProperty(fresh, key, { value: copied, writable: true, enumerable: true, configurable: true });
    else fresh[key] = copied;
  }
  return fresh;
}

function copyValue(value: unknown, zero: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => copyValue(item, undefined));
  return isObject(value) ? copyObject(value, zero) : value;
}

/** The object in a field, if any. */
export function child(parent: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = parent?.[key];
  return isObject(value) ? value : undefined;
}

/** The objects in a list; empty if there is no list. */
export function children(parent: JsonObject | undefined, key: string): JsonObject[] {
  const value = parent?.[key];
  return Array.isArray(value) ? value.filter((each) => isObject(each)) : [];
}

/** The object in a field that Go holds by value: an absent one is an empty one. */
export function ensureObject(parent: JsonObject, key: string): JsonObject {
  parent[key] ??= {};
  return child(parent, key) ?? {};
}

/** Sets absent fields, as Go does if the field is a pointer. */
export function fillAbsent(object: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) object[key] ??= value;
}

/** Sets fields that are absent or zero, as Go does if the field is a plain value, for which both are the same. */
export function fillAbsentOrZero(object: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) if (!object[key]) object[key] = value;
}
