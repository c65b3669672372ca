// What the table of annotations holds for each, and how their texts are read.
import type { Code } from '../diagnostic.ts';
import type { Kind } from '../kinds/kind.ts';

/** A value, or what is wrong with the text, as the rest of the sentence "the annotation …". */
export type ParsedAnnotation<T> = { readonly value: T } | { readonly problem: string };

/** Kinds whose objects become machines. */
export const workloadKinds: readonly Kind[] = [
  'CronJob',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
];
/** Those of them whose machines are reached. */
export const serviceTargetKinds: readonly Kind[] = [
  'Deployment',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
];

export interface AnnotationSpec<T = unknown> {
  /** Kinds on whose own metadata it is understood. */
  readonly on: readonly Kind[];
  /** What it does, in one sentence. */
  readonly docs: string;
  readonly parse: (text: string) => ParsedAnnotation<T>;
  /** Where it is known but not honoured: an error or a warning of this code. */
  readonly unsupported?: { readonly code: Code; readonly hint?: string };
}

export const annotationSpec = <T>(value: AnnotationSpec<T>): AnnotationSpec<T> => value;

const parsedValue = <T>(found: T): ParsedAnnotation<T> => ({ value: found });

export const parseText = (found: string): ParsedAnnotation<string> => parsedValue(found);

export const parseOneOf =
  <const T extends string>(...known: readonly T[]) =>
  (found: string): ParsedAnnotation<T> => {
    const same = known.find((one) => one === found.trim());
    return same === undefined ? { problem: `is one of ${known.join(', ')}` } : parsedValue(same);
  };

/** As Go's strconv.ParseBool, which Kubernetes' controllers read annotations with. */
export function parseBool(found: string): ParsedAnnotation<boolean> {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(found)) return parsedValue(true);
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(found)) return parsedValue(false);
  return { problem: 'is true or false' };
}

export const parsePattern =
  (pattern: RegExp, like: string) =>
  (found: string): ParsedAnnotation<string> =>
    pattern.test(found) ? parsedValue(found) : { problem: `is ${like}` };

export function parseCommaList(found: string): ParsedAnnotation<readonly string[]> {
  const items = found.split(',').map((item) => item.trim());
  return items.every((item) => item !== '')
    ? parsedValue(items)
    : { problem: 'is a list with commas and without empty items' };
}
