// The objects that could be read, with the one index that rules and plan use.
import { canonicalJson, compareText } from '@i2kit/common';
import type { Kind } from '../kinds/kind.ts';
import type { Manifest, Manifests } from '../manifest.ts';

/** What was in the input and was refused. */
export interface RefusedObjects {
  /** False where a document could not be read at all: then anything may have been in it. */
  readonly complete: boolean;
  /** `keyOf` of each object of a known kind that was refused. */
  readonly keys: ReadonlySet<string>;
}

export function manifestKey(kind: Kind, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** Two objects of one key both stay, for a rule to report. */
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

/** By kind, namespace and name; of two with one key, by content, and of equal ones by place. */
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
