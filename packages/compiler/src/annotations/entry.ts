// What the table of annotations holds for each, and how their texts are read.
import type { Code } from '../diagnostic.ts';
import type { Kind } from '../kinds/kind.ts';

/** A value, or what is wrong with the text, as the rest of the sentence "the annotation …". */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Kinds whose objects become machines. */
export const workloads: readonly Kind[] = ['CronJob', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];
/** Those of them whose machines are reached. */
export const served: readonly Kind[] = ['Deployment', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

export interface Entry<T = unknown> {
  /** Kinds on whose own metadata it is understood. */
  readonly on: readonly Kind[];
  /** What it does, in one sentence. */
  readonly docs: string;
  readonly parse: (text: string) => Parsed<T>;
  /** Where it is known but not honoured: an error or a warning of this code. */
  readonly otherwise?: { readonly code: Code; readonly hint?: string };
}

export const entry = <T>(value: Entry<T>): Entry<T> => value;

const value = <T>(found: T): Parsed<T> => ({ value: found });

export const text = (found: string): Parsed<string> => value(found);

export const oneOf =
  <const T extends string>(...known: readonly T[]) =>
  (found: string): Parsed<T> => {
    const same = known.find((one) => one === found.trim());
    return same === undefined ? { problem: `is one of ${known.join(', ')}` } : value(same);
  };

/** As Go's strconv.ParseBool, which Kubernetes' controllers read annotations with. */
export function bool(found: string): Parsed<boolean> {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(found)) return value(true);
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(found)) return value(false);
  return { problem: 'is true or false' };
}

export const matching =
  (pattern: RegExp, like: string) =>
  (found: string): Parsed<string> =>
    pattern.test(found) ? value(found) : { problem: `is ${like}` };

export function list(found: string): Parsed<readonly string[]> {
  const items = found.split(',').map((item) => item.trim());
  return items.every((item) => item !== '') ? value(items) : { problem: 'is a list with commas and without empty items' };
}
