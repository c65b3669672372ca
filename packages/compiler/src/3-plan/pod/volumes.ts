// The pod's volumes: empty directories, files, and disks that outlive the machine.
import type { Disk, Empty, Volume } from '../../generated/agent-v1.ts';
import type { EmptyDirVolumeSource, PersistentVolumeClaimVolumeSource, PodSpec, Volume as Written } from '../../generated/kubernetes.ts';
import { units } from '../../kinds/shared/quantity.ts';
import { given, ifTrue } from './compact.ts';
import { filesOf } from './files.ts';
import { at, type DiskForm, type Scope, unchecked } from './scope.ts';

export function volumesOf(scope: Scope): readonly Volume[] {
  return (scope.spec.volumes ?? []).map((volume) => volumeOf(scope, volume));
}

/** The names of the claims that a pod's volumes are, sorted. */
export function claimsOf({ volumes = [] }: PodSpec): readonly string[] {
  return [...new Set(volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []))].sort();
}

function volumeOf(scope: Scope, volume: Written): Volume {
  const { name, configMap, secret, downwardAPI, projected, persistentVolumeClaim, emptyDir } = volume;
  if (configMap) return { name, files: filesOf(scope, [{ configMap }], configMap.defaultMode) };
  if (secret) return { name, files: filesOf(scope, [{ secret: { ...secret, name: secret.secretName ?? '' } }], secret.defaultMode) };
  if (downwardAPI) return { name, files: filesOf(scope, [{ downwardAPI }], downwardAPI.defaultMode) };
  if (projected) return { name, files: filesOf(scope, projected.sources ?? [], projected.defaultMode) };
  if (persistentVolumeClaim) return { name, disk: diskOf(scope, persistentVolumeClaim) };
  // As in Kubernetes (`SetDefaults_Volume`), a volume that says nothing is an empty directory.
  if (emptyDir || Object.keys(volume).length === 1) return { name, empty: emptyOf(emptyDir ?? {}) };
  return unchecked(`volume ${name}`);
}

function emptyOf({ medium, sizeLimit = 0 }: EmptyDirVolumeSource): Empty {
  if (medium !== undefined && medium !== '' && medium !== 'Memory') return unchecked(`medium ${medium}`);
  return given<Empty>({ medium: medium === 'Memory' ? medium : undefined, sizeLimit: units(sizeLimit) || undefined });
}

function diskOf(scope: Scope, { claimName, readOnly }: PersistentVolumeClaimVolumeSource): Disk {
  const { filesystem, block } = at(scope.claims, claimName) ?? formOf(scope, claimName);
  return given<Disk>({
    claim: claimName,
    filesystem,
    block: ifTrue(block),
    readOnly: ifTrue(readOnly),
  });
}

function formOf({ all, namespace }: Scope, claimName: string): DiskForm {
  return all.get('PersistentVolumeClaim', namespace, claimName)?.object.spec.volumeMode === 'Block' ? { block: true } : {};
}
