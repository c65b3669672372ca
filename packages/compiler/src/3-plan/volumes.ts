// Claims -> volumes: one for each claim that a machine mounts, and retained ones. A locked volume may grow, and is
// never recreated.

import { compareText } from '@i2kit/common';
import { appRef, type Finding, type ObjectRef, objectName, type Report } from '../diagnostic.ts';
import type { StorageClass } from '../generated/kubernetes.ts';
import { ebsVolumeOf, usesXfs } from '../kinds/shared/ebsVolumes.ts';
import { podsOf } from '../kinds/shared/pods.ts';
import { storageClassOf } from '../kinds/shared/volumeClaims.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions, LockedVolume } from '../options.ts';
import type { Volume, VolumeSpec } from '../plan.ts';
import { machineGroupKeysOf } from './machineGroupKeys.ts';
import { lockedVolumes, type MountedClaim, mountedClaims } from './mountedClaims.ts';
import type { VolumeFormat } from './pod/index.ts';
import { availabilityZoneOf } from './zones.ts';

export interface VolumePlan {
  readonly volumes: readonly Volume[];
  /** Zone by group key, for groups with a volume or an address of their own. */
  readonly zones: ReadonlyMap<string, string>;
  /** Volume format by `<namespace>/<name>` of the claim. */
  readonly formats: ReadonlyMap<string, VolumeFormat>;
  readonly locked: Readonly<Record<string, LockedVolume>>;
}

export function volumePlan(manifests: Manifests, options: CompileOptions, report: Report): VolumePlan {
  const locked: Record<string, LockedVolume> = {};
  const zones = new Map<string, string>();
  const forms = new Map<string, VolumeFormat>();
  const found: Volume[] = [];
  const known = lockedVolumes(options);
  for (const pod of podsOf(manifests)) {
    machineGroupKeysOf(pod).forEach((machine, position) => {
      const claims = mountedClaims(pod, machine, manifests);
      if (claims.length === 0 && machine.ordinal === undefined) return;
      const zone = availabilityZoneOf({ pod, machine, position, claims }, manifests, options, report);
      if (zone === undefined) return;
      zones.set(machine.key, zone);
      for (const one of claims) {
        const { ref, claim } = one;
        const key = objectName(ref);
        const storageClass = storageClassOf(claim, manifests)?.object;
        const disk = ebsVolumeOf(claim, manifests);
        const reclaim = storageClass?.reclaimPolicy === 'Retain' ? 'Retain' : 'Delete';
        volumeChanges(one, disk, known[key], storageClass).forEach(report);
        found.push({
          origin: { object: ref, path: [] },
          key,
          claim: { namespace: ref.namespace, name: ref.name },
          group: machine.key,
          zone,
          reclaim,
          ...disk,
        });
        locked[key] = lockedVolume(one, zone, reclaim, disk);
        forms.set(`${ref.namespace}/${ref.name}`, volumeFormat(one, usesXfs(storageClass)));
      }
    });
  }
  const kept = retainedVolumes(manifests, locked, options, report);
  return {
    volumes: [...found, ...kept.volumes].sort((a, b) => compareText(a.key, b.key)),
    zones,
    formats: forms,
    locked: { ...locked, ...kept.locked },
  };
}

function lockedVolume(
  { statefulSet: set, claim }: MountedClaim,
  zone: string,
  reclaim: Volume['reclaim'],
  disk: VolumeSpec,
): LockedVolume {
  const whenDeleted = set?.object.spec.persistentVolumeClaimRetentionPolicy.whenDeleted;
  return {
    zone,
    ...disk,
    reclaim,
    ...(set === undefined ? {} : { set: objectName(set.ref), template: claim.name }),
    ...(whenDeleted === 'Delete' ? { whenDeleted } : {}),
  };
}

const volumeFormat = ({ claim }: MountedClaim, xfs: boolean): VolumeFormat =>
  claim.spec.volumeMode === 'Block' ? { block: true } : xfs ? { filesystem: 'xfs' } : {};

/**
 * Retained volumes: no machine mounts them, and they stay in the stack until the user prunes them. A StatefulSet that
 * is scaled down and up again finds its volumes; renaming it leaves them behind without data loss.
 */
export interface RetainedVolumes {
  readonly volumes: readonly Volume[];
  readonly locked: Readonly<Record<string, LockedVolume>>;
}

/** @param used volumes that a machine mounts */
export function retainedVolumes(
  manifests: Manifests,
  used: Readonly<Record<string, LockedVolume>>,
  options: CompileOptions,
  report: Report,
): RetainedVolumes {
  const volumes: Volume[] = [];
  const locked: Record<string, LockedVolume> = {};
  const gone = new Set<string>();
  for (const [key, disk] of Object.entries(lockedVolumes(options))) {
    const set =
      disk.set === undefined ? undefined : manifests.of('StatefulSet').find(({ ref }) => objectName(ref) === disk.set);
    if (Object.hasOwn(used, key) || options.pruneVolumes === true || isReleased(disk, set)) continue;
    const claim = claimRef(key, set, manifests, options);
    const { set: _set, template, whenDeleted: _whenDeleted, ...spec } = disk;
    volumes.push({
      origin: { object: claim, path: [] },
      key,
      claim: { namespace: claim.namespace, name: claim.name },
      ...spec,
    });
    locked[key] = disk;
    const once = `${disk.set}#${template}`;
    if (set === undefined || template === undefined || hasTemplate(set, template) || gone.has(once)) continue;
    gone.add(once);
    report({
      code: 'I2K650',
      message: `the claim template ${template} was removed, and ${key} was created from it`,
      object: set.ref,
      path: ['spec'],
      hint: 'Restore it, or delete the volumes with --prune-volumes.',
    });
  }
  return { volumes, locked };
}

/** By the StatefulSet's `persistentVolumeClaimRetentionPolicy`, or by the last one if the StatefulSet was removed. */
function isReleased({ template, whenDeleted }: LockedVolume, set: Manifest<'StatefulSet'> | undefined): boolean {
  if (set === undefined) return whenDeleted === 'Delete';
  return set.object.spec.persistentVolumeClaimRetentionPolicy.whenScaled === 'Delete' && hasTemplate(set, template);
}

const hasTemplate = ({ object }: Manifest<'StatefulSet'>, template: string | undefined): boolean =>
  (object.spec.volumeClaimTemplates ?? []).some(({ metadata }) => metadata.name === template);

/** The object to report for a claim: the claim itself, else its StatefulSet, else the app. */
function claimRef(
  key: string,
  set: Manifest<'StatefulSet'> | undefined,
  manifests: Manifests,
  options: CompileOptions,
): ObjectRef {
  const [kind = '', namespace = '', name = ''] = key.split('/');
  const place = manifests.get('PersistentVolumeClaim', namespace, name)?.ref ?? set?.ref ?? appRef(options.app);
  return { ...place, apiVersion: 'v1', kind, namespace, name };
}

/** Checks that the volume can be changed to match its claim: a volume may grow, and is never recreated. */
export function volumeChanges(
  { claim, ref, statefulSet: set }: MountedClaim,
  disk: VolumeSpec,
  locked: LockedVolume | undefined,
  storageClass: StorageClass | undefined,
): readonly Finding[] {
  if (locked === undefined) return [];
  const name = objectName(ref);
  const size = [...claim.path, 'spec', 'resources', 'requests', 'storage'];
  const said = changedFields(locked, disk);
  const say = (code: Finding['code'], message: string, path = claim.path): readonly Finding[] => [
    { code, message, object: claim.manifest.ref, path },
  ];
  if (said.length === 0) return [];
  if (set !== undefined && claim.path.length > 0) {
    const hint = `To change one volume only, add a PersistentVolumeClaim ${ref.name} with the new values.`;
    return say(
      'I2K650',
      `the claim template ${claim.name} has changed: ${name} was created with ${said.join(' and ')}`,
    ).map((one) => ({
      ...one,
      hint,
    }));
  }
  if (locked.kmsKeyId !== disk.kmsKeyId || locked.snapshot !== disk.snapshot) {
    return say('I2K652', `${name} was created with ${said.join(' and ')}; changing this would require a new volume`);
  }
  if (disk.sizeGiB < locked.sizeGiB)
    return say('I2K651', `${name} has ${locked.sizeGiB} GiB and cannot shrink to ${disk.sizeGiB}`, size);
  if (disk.sizeGiB > locked.sizeGiB && storageClass !== undefined && storageClass.allowVolumeExpansion !== true) {
    return say(
      'I2K653',
      `${name} has ${locked.sizeGiB} GiB, and its class ${storageClass.metadata.name} does not allow expansion`,
      size,
    );
  }
  return say('I2K655', `${name} was created with ${said.join(' and ')}, and is modified while in use`, size);
}

/** Descriptions of the locked fields that differ from the claim. */
function changedFields(locked: LockedVolume, disk: VolumeSpec): readonly string[] {
  const fields = { sizeGiB: 'GiB', type: '', iops: 'iops', throughput: 'MiB/s', kmsKeyId: '', snapshot: '' } as const;
  const none = {
    kmsKeyId: "the account's default key",
    snapshot: 'no snapshot',
    iops: 'the default iops',
    throughput: 'the default throughput',
  } as const;
  return (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) => {
    if (locked[field] === disk[field]) return [];
    const was = locked[field] ?? (field in none ? none[field as keyof typeof none] : '');
    return [`${was} ${locked[field] === undefined ? '' : fields[field]}`.trim()];
  });
}
