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
    const keys = [...new Set([...elementsBefore.keys(), ...elementsAfter.keys()])];
    return [
      ...orderChange([...elementsBefore.keys()], [...elementsAfter.keys()], path),
      ...keys.flatMap((key) => valueChanges(elementsBefore.get(key), elementsAfter.get(key), [...path, `[${key}]`])),
    ];
  }
  if ([...before, ...after].every((each) => !isObject(each) && !isList(each)))
    return isSameJson(before, after) ? [] : [{ path, before, after }];
  const [removed, added] = [elementsNotIn(before, after), elementsNotIn(after, before)];
  const order = orderChange(before.map(canonicalJson), after.map(canonicalJson), path).length > 0;
  const moved = order ? [{ path: [...path, orderKey], before, after }] : [];
  // One element for another: the change is inside of it.
  if (removed.length === 1 && added.length === 1 && isObject(removed[0]) && isObject(added[0])) {
    const [from, to] = [before.indexOf(removed[0]), after.indexOf(added[0])];
    const other = order || from === to ? moved : [{ path: [...path, orderKey], before, after }];
    return [...other, ...valueChanges(removed[0], added[0], [...path, `[${from}]`])];
  }
  return [
    ...moved,
    ...removed.map((value) => ({ path: [...path, `[${before.indexOf(value)}]`], before: value })),
    ...added.map((value) => ({ path: [...path, `[${after.indexOf(value)}]`], after: value })),
  ];
}

/** The identifying member and the name of each element; undefined if the elements have none. */
export function elementNames(list: readonly Json[]): readonly { key: string; name: string }[] | undefined {
  const key = elementKeys.find((each) => hasUniqueKey(list, each));
  return key === undefined
    ? undefined
    : list.map((each) => ({ key, name: String(isObject(each) ? ownProperty(each, key) : '') }));
}

/** The last part of the path of a changed order; the values are the elements, or their names, before and after. */
export const orderKey = '(order)';

/** A change if the elements that both lists have are in another order. Equal elements count as often as they occur. */
function orderChange(
  before: readonly string[],
  after: readonly string[],
  path: readonly string[],
): readonly ValueChange[] {
  const [common, others] = [commonElements(before, after), commonElements(after, before)];
  return common.every((each, at) => each === others[at]) ? [] : [{ path: [...path, orderKey], before, after }];
}

function commonElements(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const each of other) left.set(each, (left.get(each) ?? 0) + 1);
  return list.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count > 0;
  });
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
