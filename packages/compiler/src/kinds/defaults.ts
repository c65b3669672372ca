// Kubernetes' own defaults of each kind, as the API server sets them before an object is read.
import type { Kinds } from '../generated/kubernetes.ts';
import { kinds } from './index.ts';
import { copyWithoutNulls, type JsonObject } from './shared/defaults/jsonObject.ts';
import { uncompiledDefaults } from './uncompiledDefaults.ts';

/**
 * A new copy of the object with Kubernetes' defaults and without nulls, which count as absent. The type holds for an
 * object that has passed its kind's validator; unknown parts of any other object are copied unchanged.
 */
export const withDefaults = Object.fromEntries(
  [
    ...Object.entries(kinds).map(([kind, { setDefaults }]) => [kind, setDefaults] as const),
    ...Object.entries(uncompiledDefaults),
  ].map(([kind, setDefaults]) => [
    kind,
    (object: JsonObject) => {
      const copy = copyWithoutNulls(object);
      setDefaults(copy);
      return copy;
    },
  ]),
) as unknown as { readonly [K in keyof Kinds]: (object: JsonObject) => Kinds[K] };
