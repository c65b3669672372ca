// Omits fields that have their default, because user data is small.
import { compareEntries } from '@i2kit/common';

/** The fields of T, whose optional fields may be undefined. */
type OrUndefined<T> = { readonly [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The defined fields in the given order, which is the payload's order. */
export function definedFields<T extends object>(fields: OrUndefined<T>): T {
  const there: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) there[key] = value;
  return there as T;
}

/** A list, or undefined if it is empty. */
export function nonEmptyList<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** An object, or undefined if it is empty. */
export function nonEmptyObject<T extends object>(object: T): T | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}

/** A value, or undefined if it equals the default. */
export function unlessDefault<T, const D>(value: T, usual: D): Exclude<T, D> | undefined {
  return (value as unknown) === usual ? undefined : (value as Exclude<T, D>);
}

/** True, or undefined. */
export function trueOnly(value: boolean | undefined): true | undefined {
  return value === true ? true : undefined;
}

/** A text, or undefined if it is empty: Kubernetes treats both alike. */
export function nonEmptyText(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** A map's entries sorted by code units of their keys, independent of the locale. */
export function sortedEntries<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {}).sort(compareEntries);
}

/** The map sorted by key; undefined if it is empty. */
export function sortedObject<T>(map: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> | undefined {
  return nonEmptyObject(Object.fromEntries(sortedEntries(map)));
}
