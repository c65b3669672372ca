// The claims that a machine mounts (of its pod, or of a StatefulSet's templates), and the volumes that the lock
// records for this stack.

import type { ObjectRef } from '../diagnostic.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { claimTemplates, ordinalClaimName, standaloneClaim, type VolumeClaim } from '../kinds/shared/volumeClaims.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions, LockedVolume } from '../options.ts';
import type { MachineGroupKey } from './machineGroupKeys.ts';

export interface MountedClaim {
  /** The claim's manifest and where it is written; a templated claim has the name of its template. */
  readonly claim: VolumeClaim;
  /** The claim as Kubernetes names it: `PersistentVolumeClaim/default/data-db-0`. */
  readonly ref: ObjectRef;
  /** Set if the claim comes from a claim template. */
  readonly statefulSet?: Manifest<'StatefulSet'>;
}

export function mountedClaims(
  pod: WorkloadPod,
  { ordinal }: MachineGroupKey,
  manifests: Manifests,
): readonly MountedClaim[] {
  const named = (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim }): readonly MountedClaim[] => {
    if (!persistentVolumeClaim || pod.claimTemplateNames.includes(name)) return [];
    const manifest = manifests.get('PersistentVolumeClaim', pod.namespace, persistentVolumeClaim.claimName);
    return manifest === undefined ? [] : [{ claim: standaloneClaim(manifest), ref: manifest.ref }];
  });
  if (ordinal === undefined) return named;
  const set = pod.manifest as Manifest<'StatefulSet'>;
  return [...named, ...claimTemplates(set).map((claim) => ownClaim(set, claim, ordinal.index, manifests))];
}

/**
 * A PersistentVolumeClaim of this name in the input takes precedence, as Kubernetes uses an existing claim unchanged.
 */
function ownClaim(
  set: Manifest<'StatefulSet'>,
  template: VolumeClaim,
  ordinal: number,
  manifests: Manifests,
): MountedClaim {
  const name = ordinalClaimName(template.name, set.ref.name, ordinal);
  const written = manifests.get('PersistentVolumeClaim', set.ref.namespace, name);
  if (written !== undefined)
    return { claim: { ...standaloneClaim(written), name: template.name }, ref: written.ref, statefulSet: set };
  return {
    claim: template,
    ref: { ...set.ref, apiVersion: 'v1', kind: 'PersistentVolumeClaim', name },
    statefulSet: set,
  };
}

/** Volumes that the lock records for this stack, not for other environments or apps. */
export const stackName = ({ env, app }: CompileOptions): string => `${env}-${app}`;

/** By claim, e.g. `PersistentVolumeClaim/default/data-db-2`. */
export const lockedVolumes = (options: CompileOptions): Readonly<Record<string, LockedVolume>> =>
  options.lock?.volumes?.[stackName(options)] ?? {};
