// How the defaults see an object: a fresh copy without nulls, and looks into it that survive a wrong shape.
import { isObject } from '@i2kit/common';

export type JsonObject = { [key: string]: unknown };

/** What a null counts as in a map of these: Go reads it as the zero value, whereas the null of a field is an absent field. */
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

/** A copy that shares nothing with the original, for the defaults to be filled into. */
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
    // Defined rather than assigned where assigning means something else: a label may be called __proto__.
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

/** The object in a field, if there is one. */
export function child(parent: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = parent?.[key];
  return isObject(value) ? value : undefined;
}

/** The objects in a list, none if there is no list. */
export function children(parent: JsonObject | undefined, key: string): JsonObject[] {
  const value = parent?.[key];
  return Array.isArray(value) ? value.filter((each) => isObject(each)) : [];
}

/** The object in a field that Go holds by value: an absent one is an empty one. */
export function ensureObject(parent: JsonObject, key: string): JsonObject {
  parent[key] ??= {};
  return child(parent, key) ?? {};
}

/** Sets what is absent, as Go does where the field is a pointer. */
export function fillAbsent(object: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) object[key] ??= value;
}

/** Sets what is absent or zero, as Go does where the field is a plain value and cannot tell the two apart. */
export function fillAbsentOrZero(object: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) if (!object[key]) object[key] = value;
}
