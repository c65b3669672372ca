// The definition of an annotation, and parsers of annotation values.
import type { Code } from '../diagnostic.ts';
import type { Kind } from '../kinds/index.ts';

/** A value, or the problem of the text, as the rest of the sentence "the annotation …". */
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
/** Those whose machines can receive connections. */
export const serviceTargetKinds: readonly Kind[] = [
  'Deployment',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
];

export interface AnnotationSpec<T = unknown> {
  /** Kinds that support it in their own metadata. */
  readonly on: readonly Kind[];
  /** Its effect, in one sentence. */
  readonly docs: string;
  readonly parse: (text: string) => ParsedAnnotation<T>;
  /** If it is known but not supported: an error or a warning with this code. */
  readonly unsupported?: { readonly code: Code; readonly hint?: string };
}

export const annotationSpec = <T>(value: AnnotationSpec<T>): AnnotationSpec<T> => value;

const parsedValue = <T>(found: T): ParsedAnnotation<T> => ({ value: found });

export const parseText = (found: string): ParsedAnnotation<string> => parsedValue(found);

export const parseOneOf =
  <const T extends string>(...allowed: readonly T[]) =>
  (found: string): ParsedAnnotation<T> => {
    const same = allowed.find((one) => one === found.trim());
    return same === undefined ? { problem: `must be one of ${allowed.join(', ')}` } : parsedValue(same);
  };

/** As Go's strconv.ParseBool, with which Kubernetes' controllers read annotations. */
export function parseBool(found: string): ParsedAnnotation<boolean> {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(found)) return parsedValue(true);
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(found)) return parsedValue(false);
  return { problem: 'must be true or false' };
}

export const parsePattern =
  (pattern: RegExp, like: string) =>
  (found: string): ParsedAnnotation<string> =>
    pattern.test(found) ? parsedValue(found) : { problem: `must be ${like}` };

export function parseCommaList(found: string): ParsedAnnotation<readonly string[]> {
  const items = found.split(',').map((item) => item.trim());
  return items.every((item) => item !== '')
    ? parsedValue(items)
    : { problem: 'must be a comma-separated list without empty items' };
}
