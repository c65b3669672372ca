// Only what is said goes into a payload: user data is small.
import { compareEntries } from '@i2kit/common';

/** The fields of T, where the optional ones may be undefined. */
type OrUndefined<T> = { readonly [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The fields that are there, in the order given: it is the payload's order, whatever the order in which the user wrote. */
export function definedFields<T extends object>(fields: OrUndefined<T>): T {
  const there: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) there[key] = value;
  return there as T;
}

/** A list, unless it is empty. */
export function nonEmptyList<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** An object, unless nothing is in it. */
export function nonEmptyObject<T extends object>(object: T): T | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}

/** A value, unless it is what its absence means. */
export function unlessDefault<T, const D>(value: T, usual: D): Exclude<T, D> | undefined {
  return (value as unknown) === usual ? undefined : (value as Exclude<T, D>);
}

/** True, or nothing: what is false goes without saying. */
export function trueOnly(value: boolean | undefined): true | undefined {
  return value === true ? true : undefined;
}

/** A text, unless it is empty: in Kubernetes that is the same as none. */
export function nonEmptyText(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** A map's entries in the order of their keys' code units, which no locale changes. */
export function sortedEntries<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {}).sort(compareEntries);
}

/** The same map in that order; undefined where it is empty. */
export function sortedObject<T>(map: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> | undefined {
  return nonEmptyObject(Object.fromEntries(sortedEntries(map)));
}
