// The claims that a machine mounts: those that its pod names, and those that a StatefulSet makes for it.
import type { ObjectRef } from '../diagnostic.ts';
import { type ClaimOf, claimName, standing, templated } from '../kinds/shared/claims.ts';
import type { PodOf } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Machines } from './machines.ts';

export interface Wanted {
  /** What is said of it; a claim of its own is named by its template. */
  readonly claim: ClaimOf;
  /** The claim as Kubernetes would have it: `PersistentVolumeClaim/default/data-db-0`. */
  readonly ref: ObjectRef;
  /** Of a claim that a StatefulSet makes. */
  readonly set?: Manifest<'StatefulSet'>;
}

export function wantedBy(pod: PodOf, { ordinal }: Machines, all: Manifests): readonly Wanted[] {
  const named = (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim }): readonly Wanted[] => {
    if (!persistentVolumeClaim || pod.ownClaims.includes(name)) return [];
    const manifest = all.get('PersistentVolumeClaim', pod.namespace, persistentVolumeClaim.claimName);
    return manifest === undefined ? [] : [{ claim: standing(manifest), ref: manifest.ref }];
  });
  if (ordinal === undefined) return named;
  const set = pod.manifest as Manifest<'StatefulSet'>;
  return [...named, ...templated(set).map((claim) => ownClaim(set, claim, ordinal.index, all))];
}

/** A claim of this name that stands in the input is what Kubernetes would find there, and leave as it is. */
function ownClaim(set: Manifest<'StatefulSet'>, template: ClaimOf, ordinal: number, all: Manifests): Wanted {
  const name = claimName(template.name, set.ref.name, ordinal);
  const written = all.get('PersistentVolumeClaim', set.ref.namespace, name);
  if (written !== undefined) return { claim: { ...standing(written), name: template.name }, ref: written.ref, set };
  return { claim: template, ref: { ...set.ref, apiVersion: 'v1', kind: 'PersistentVolumeClaim', name }, set };
}
