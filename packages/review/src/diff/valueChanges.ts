// Computes the smallest differences between two values.
import { canonicalJson, isObject, isSameJson, type Json } from '@i2kit/common';
import { intrinsic, isList } from '../template.ts';

export interface ValueChange {
  /** Keys of objects; an element of a list by its identifying member, `[web]`, or by its index, `[0]`. */
  readonly path: readonly string[];
  /** Absent: the value is added. */
  readonly before?: Json;
  /** Absent: the value is removed. */
  readonly after?: Json;
}

/** Members that identify the elements of a list: the first one that all elements have decides. */
const elementKeys = [
  'Key',
  'Sid',
  'PolicyName',
  'LifecycleHookName',
  'DeviceName',
  'ResourceType',
  'DeviceIndex',
  'name',
  'path',
  'Type',
];

export function valueChanges(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
): readonly ValueChange[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return after === undefined ? [] : [{ path, after }];
  if (after === undefined) return [{ path, before }];
  if (isList(before) && isList(after)) return listChanges(before, after, path);
  if (isObject(before) && isObject(after) && !intrinsic(before) && !intrinsic(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => valueChanges(ownProperty(before, key), ownProperty(after, key), [...path, key]));
  }
  return isSameJson(before, after) ? [] : [{ path, before, after }];
}

function listChanges(before: readonly Json[], after: readonly Json[], path: readonly string[]): readonly ValueChange[] {
  const name = elementKeys.find((each) => hasUniqueKey(before, each) && hasUniqueKey(after, each));
  if (name !== undefined && before.length + after.length > 0) {
    const [elementsBefore, elementsAfter] = [byKey(before, name), byKey(after, name)];
    return [...new Set([...elementsBefore.keys(), ...elementsAfter.keys()])].flatMap((key) =>
      valueChanges(elementsBefore.get(key), elementsAfter.get(key), [...path, `[${key}]`]),
    );
  }
  const [removed, added] = [elementsNotIn(before, after), elementsNotIn(after, before)];
  // One element for another: the change is inside of it.
  if (removed.length === 1 && added.length === 1 && isObject(removed[0]) && isObject(added[0])) {
    return valueChanges(removed[0], added[0], [...path, `[${before.indexOf(removed[0])}]`]);
  }
  if ([...before, ...after].every((each) => !isObject(each) && !isList(each)))
    return isSameJson(before, after) ? [] : [{ path, before, after }];
  return [
    ...removed.map((value) => ({ path: [...path, `[${before.indexOf(value)}]`], before: value })),
    ...added.map((value) => ({ path: [...path, `[${after.indexOf(value)}]`], after: value })),
  ];
}

const ownProperty = (object: { readonly [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** True if all elements have the member, each with a different value. */
function hasUniqueKey(list: readonly Json[], name: string): boolean {
  const found = list.map((each) => (isObject(each) ? ownProperty(each, name) : undefined));
  return (
    found.every((each) => typeof each === 'string' || typeof each === 'number') && new Set(found).size === list.length
  );
}

const byKey = (list: readonly Json[], name: string): ReadonlyMap<string, Json> =>
  new Map(list.map((each) => [String(isObject(each) ? each[name] : ''), each]));

/** The elements missing in the other list, with multiplicity. */
function elementsNotIn(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const left = other.map(canonicalJson);
  return list.filter((each) => {
    const at = left.indexOf(canonicalJson(each));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
