// JSON Merge Patch, RFC 7386: what is said replaces, null removes, lists are replaced as a whole.
import { isRecord } from '../../../kinds/shared/isRecord.ts';
import type { Json } from '../../../template.ts';

/** A new value; neither argument is changed. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } => isRecord(value);
