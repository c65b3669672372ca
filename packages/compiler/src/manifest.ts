// A Kubernetes object as it was read, and all objects of an app with the one index that rules and plan share.
import type { ObjectRef } from './diagnostic.ts';
import type { Kind, KindObjects } from './kinds/kind.ts';

/** One text that was read: a file, or standard input. `name` is what diagnostics call it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** One object, of a known kind, with Kubernetes' defaults filled in. */
export interface Manifest<K extends Kind = Kind> {
  readonly kind: K;
  readonly ref: ObjectRef;
  /** The object as Kubernetes would see it: defaults filled in, namespace set. */
  readonly object: KindObjects[K];
  /** The object as the user wrote it, so that what was said and what was defaulted stay apart. */
  readonly written: unknown;
}

/** Any object that has labels; what a selector can match. */
export type Labels = Readonly<Record<string, string>>;

export interface Manifests {
  /** In a fixed order (kind, namespace, name), whatever the order of files and documents. */
  readonly objects: readonly Manifest[];
  of<K extends Kind>(kind: K): readonly Manifest<K>[];
  get<K extends Kind>(kind: K, namespace: string, name: string): Manifest<K> | undefined;
  /**
   * True where the input holds such an object but it was refused: nobody should then complain that it is missing. Without a name,
   * true where any of that kind and namespace was.
   */
  wasRefused(kind: Kind, namespace: string, name?: string): boolean;
}
