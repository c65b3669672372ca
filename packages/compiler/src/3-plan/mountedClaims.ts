// The claims that a machine mounts (those its pod names, and those a StatefulSet makes for it), and the volumes that the lock records for this stack.

import type { ObjectRef } from '../diagnostic.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { claimTemplates, ordinalClaimName, standaloneClaim, type VolumeClaim } from '../kinds/shared/volumeClaims.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions, LockedVolume } from '../options.ts';
import type { MachineGroupKey } from './machineGroupKeys.ts';

// The claims that a machine mounts: those that its pod names, and those that a StatefulSet makes for it.

export interface MountedClaim {
  /** What is said of it; a claim of its own is named by its template. */
  readonly claim: VolumeClaim;
  /** The claim as Kubernetes would have it: `PersistentVolumeClaim/default/data-db-0`. */
  readonly ref: ObjectRef;
  /** Of a claim that a StatefulSet makes. */
  readonly statefulSet?: Manifest<'StatefulSet'>;
}

export function mountedClaims(pod: WorkloadPod, { ordinal }: MachineGroupKey, all: Manifests): readonly MountedClaim[] {
  const named = (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim }): readonly MountedClaim[] => {
    if (!persistentVolumeClaim || pod.claimTemplateNames.includes(name)) return [];
    const manifest = all.get('PersistentVolumeClaim', pod.namespace, persistentVolumeClaim.claimName);
    return manifest === undefined ? [] : [{ claim: standaloneClaim(manifest), ref: manifest.ref }];
  });
  if (ordinal === undefined) return named;
  const set = pod.manifest as Manifest<'StatefulSet'>;
  return [...named, ...claimTemplates(set).map((claim) => ownClaim(set, claim, ordinal.index, all))];
}

/** A claim of this name that stands in the input is what Kubernetes would find there, and leave as it is. */
function ownClaim(set: Manifest<'StatefulSet'>, template: VolumeClaim, ordinal: number, all: Manifests): MountedClaim {
  const name = ordinalClaimName(template.name, set.ref.name, ordinal);
  const written = all.get('PersistentVolumeClaim', set.ref.namespace, name);
  if (written !== undefined)
    return { claim: { ...standaloneClaim(written), name: template.name }, ref: written.ref, statefulSet: set };
  return {
    claim: template,
    ref: { ...set.ref, apiVersion: 'v1', kind: 'PersistentVolumeClaim', name },
    statefulSet: set,
  };
}

// The disks of this very stack that the lock knows: another environment's, or another app's, are not here.

export const stackName = ({ env, app }: CompileOptions): string => `${env}-${app}`;

/** By claim, e.g. `PersistentVolumeClaim/default/data-db-2`. */
export const lockedVolumes = (options: CompileOptions): Readonly<Record<string, LockedVolume>> =>
  options.lock?.volumes?.[stackName(options)] ?? {};
