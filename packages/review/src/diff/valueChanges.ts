// How one value becomes another: the smallest places that differ.
import { canonicalJson, isObject, isSameJson, type Json } from '@i2kit/common';
import { intrinsic, isList } from '../template.ts';

export interface ValueChange {
  /** Keys of objects; an element of a list by what it is called, `[web]`, or by its place, `[0]`. */
  readonly path: readonly string[];
  /** Absent: was not there. */
  readonly before?: Json;
  /** Absent: is not there any more. */
  readonly after?: Json;
}

/** Members by which the elements of a list are told apart, the first that all of them have. */
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
    const [old, young] = [byKey(before, name), byKey(after, name)];
    return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) =>
      valueChanges(old.get(key), young.get(key), [...path, `[${key}]`]),
    );
  }
  const [gone, come] = [elementsNotIn(before, after), elementsNotIn(after, before)];
  // One for one, the change is inside of it.
  if (gone.length === 1 && come.length === 1 && isObject(gone[0]) && isObject(come[0])) {
    return valueChanges(gone[0], come[0], [...path, `[${before.indexOf(gone[0])}]`]);
  }
  if ([...before, ...after].every((each) => !isObject(each) && !isList(each)))
    return isSameJson(before, after) ? [] : [{ path, before, after }];
  return [
    ...gone.map((value) => ({ path: [...path, `[${before.indexOf(value)}]`], before: value })),
    ...come.map((value) => ({ path: [...path, `[${after.indexOf(value)}]`], after: value })),
  ];
}

const ownProperty = (object: { readonly [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** True where each element has it, and no two the same. */
function hasUniqueKey(list: readonly Json[], name: string): boolean {
  const found = list.map((each) => (isObject(each) ? ownProperty(each, name) : undefined));
  return (
    found.every((each) => typeof each === 'string' || typeof each === 'number') && new Set(found).size === list.length
  );
}

const byKey = (list: readonly Json[], name: string): ReadonlyMap<string, Json> =>
  new Map(list.map((each) => [String(isObject(each) ? each[name] : ''), each]));

/** The elements that the other list has not, each counted as often as it stands. */
function elementsNotIn(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const left = other.map(canonicalJson);
  return list.filter((each) => {
    const at = left.indexOf(canonicalJson(each));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
