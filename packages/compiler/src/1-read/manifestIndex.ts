// The index of the objects that could be read, for rules and plan.
import { canonicalJson, compareText } from '@i2kit/common';
import type { Kind } from '../kinds/index.ts';
import type { Manifest, Manifests } from '../manifest.ts';

/** The refused objects of the input. */
export interface RefusedObjects {
  /** False if a document could not be read: then the input may have held any object. */
  readonly complete: boolean;
  /** `keyOf` of each object of a known kind that was refused. */
  readonly keys: ReadonlySet<string>;
}

export function manifestKey(kind: Kind, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** Two objects with the same key both stay, for a rule to report. */
export function indexManifests(manifests: readonly Manifest[], refused: RefusedObjects): Manifests {
  const all = [...manifests].sort(compareManifests);
  const byKind = new Map<Kind, Manifest[]>();
  const byKey = new Map<string, Manifest>();
  for (const manifest of all) {
    const { kind, ref } = manifest;
    const ofKind = byKind.get(kind);
    if (ofKind) ofKind.push(manifest);
    else byKind.set(kind, [manifest]);
    const key = manifestKey(kind, ref.namespace, ref.name);
    if (!byKey.has(key)) byKey.set(key, manifest);
  }
  return {
    objects: all,
    of: <K extends Kind>(kind: K) => (byKind.get(kind) ?? []) as unknown as readonly Manifest<K>[],
    get: <K extends Kind>(kind: K, namespace: string, name: string) =>
      byKey.get(manifestKey(kind, namespace, name)) as unknown as Manifest<K> | undefined,
    wasRefused: (kind, namespace, name) =>
      !refused.complete ||
      (name === undefined
        ? [...refused.keys].some((key) => key.startsWith(manifestKey(kind, namespace, '')))
        : refused.keys.has(manifestKey(kind, namespace, name))),
  };
}

/** By kind, namespace and name; objects with the same key by content, and equal ones by place. */
function compareManifests(a: Manifest, b: Manifest): number {
  return (
    compareText(a.kind, b.kind) ||
    compareText(a.ref.namespace, b.ref.namespace) ||
    compareText(a.ref.name, b.ref.name) ||
    compareText(canonicalJson(a.written), canonicalJson(b.written)) ||
    compareText(a.ref.source, b.ref.source) ||
    a.ref.document - b.ref.document ||
    (a.ref.item ?? 0) - (b.ref.item ?? 0)
  );
}
