// A Kubernetes object as read, and all objects of an app with the index that rules and plan share.
import type { ObjectRef } from './diagnostic.ts';
import type { Kind, KindObjects } from './kinds/index.ts';

/** One input text: a file, or standard input. `name` identifies it in diagnostics. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** An object of a known kind, with Kubernetes' defaults. */
export interface Manifest<K extends Kind = Kind> {
  readonly kind: K;
  readonly ref: ObjectRef;
  /** The object as Kubernetes would see it: with defaults and namespace. */
  readonly object: KindObjects[K];
  /** The object as the user wrote it, so that written and default values can be distinguished. */
  readonly written: unknown;
}

/** Any object with labels, which a selector can match. */
export type Labels = Readonly<Record<string, string>>;

export interface Manifests {
  /** In a fixed order (kind, namespace, name), whatever the order of files and documents. */
  readonly objects: readonly Manifest[];
  of<K extends Kind>(kind: K): readonly Manifest<K>[];
  get<K extends Kind>(kind: K, namespace: string, name: string): Manifest<K> | undefined;
  /**
   * True if the input holds such an object but it was refused: then it must not be reported as missing. Without a
   * name, true if any of that kind and namespace was refused.
   */
  wasRefused(kind: Kind, namespace: string, name?: string): boolean;
}
