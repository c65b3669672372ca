// The definition of an annotation, and parsers of annotation values.
import { failure, type Outcome, success } from '@i2kit/common';
import type { Code } from '../diagnostic.ts';
import type { Kind } from '../kinds/index.ts';

/** A value, or the problem of the text; its message is the rest of the sentence "the annotation …". */
export type ParsedAnnotation<T> = Outcome<T>;

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

export const parseText = (found: string): ParsedAnnotation<string> => success(found);

export const parseOneOf =
  <const T extends string>(...allowed: readonly T[]) =>
  (found: string): ParsedAnnotation<T> => {
    const same = allowed.find((one) => one === found.trim());
    return same === undefined ? failure({ message: `must be one of ${allowed.join(', ')}` }) : success(same);
  };

/** As Go's strconv.ParseBool, with which Kubernetes' controllers read annotations. */
export function parseBool(found: string): ParsedAnnotation<boolean> {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(found)) return success(true);
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(found)) return success(false);
  return failure({ message: 'must be true or false' });
}

export const parsePattern =
  (pattern: RegExp, like: string) =>
  (found: string): ParsedAnnotation<string> =>
    pattern.test(found) ? success(found) : failure({ message: `must be ${like}` });

export function parseCommaList(found: string): ParsedAnnotation<readonly string[]> {
  const items = found.split(',').map((item) => item.trim());
  return items.every((item) => item !== '')
    ? success(items)
    : failure({ message: 'must be a comma-separated list without empty items' });
}
