// Finds the resources that a resource's properties refer to.
import { isObject, type Json } from '@i2kit/common';
import { intrinsic, isList } from '../template.ts';

export interface Reference {
  readonly path: readonly string[];
  readonly to: string;
  readonly attribute?: string;
}

export function referencesIn(value: Json, path: readonly string[] = []): readonly Reference[] {
  const call = intrinsic(value);
  if (call) return referencesOfCall(call, path);
  if (isList(value)) return value.flatMap((each, at) => referencesIn(each, [...path, `[${at}]`]));
  return isObject(value) ? Object.entries(value).flatMap(([key, each]) => referencesIn(each, [...path, key])) : [];
}

function referencesOfCall([name, argument]: readonly [string, Json], path: readonly string[]): readonly Reference[] {
  if (name === 'Ref') return typeof argument === 'string' ? [{ path, to: argument }] : [];
  if (name === 'Fn::GetAtt') {
    const [to, attribute] = isList(argument) ? argument : String(argument).split(/\.(.*)/);
    return typeof to === 'string' ? [{ path, to, attribute: String(attribute) }] : [];
  }
  if (name === 'Fn::Sub') {
    const [text, values] = isList(argument) ? argument : [argument];
    const named = [...String(text).matchAll(/\$\{([^!${}][^${}]*)\}/g)].map(([, inner = '']) => {
      const [to = '', attribute] = inner.split(/\.(.*)/);
      return { path, to, ...(attribute !== undefined && { attribute }) };
    });
    return [...named, ...(values === undefined ? [] : referencesIn(values, path))];
  }
  // The argument of an intrinsic function has no path of its own in the property.
  return referencesIn(argument).map((reference) => ({ ...reference, path }));
}
