// Claims -> volumes: one for each claim that a machine mounts, in a zone that it never leaves, and those that are kept.
//
// The lock knows every disk that was ever planned. What it knows is never made otherwise, nor left out unless someone says so.
import { objectName, type Report } from '../diagnostic.ts';
import { classOf } from '../kinds/shared/claims.ts';
import { diskOf, isXfs } from '../kinds/shared/disks.ts';
import { podsOf } from '../kinds/shared/pods.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions, LockedVolume } from '../options.ts';
import type { DiskSpec, Volume } from '../plan.ts';
import { keptVolumes } from './kept.ts';
import { lockedVolumes } from './locked.ts';
import { machinesOf } from './machines.ts';
import type { DiskForm } from './pod/index.ts';
import { disagreements } from './sameDisk.ts';
import { type Wanted, wantedBy } from './wanted.ts';
import { zoneOf } from './zone.ts';

export interface Disks {
  readonly volumes: readonly Volume[];
  /** Zone by the key of a group that has to stand in one: it has a disk, or an address of its own. */
  readonly zones: ReadonlyMap<string, string>;
  /** What a claim's disk holds, by `<namespace>/<name>`. */
  readonly forms: ReadonlyMap<string, DiskForm>;
  readonly locked: Readonly<Record<string, LockedVolume>>;
}

export function volumes(all: Manifests, options: CompileOptions, report: Report): Disks {
  const locked: Record<string, LockedVolume> = {};
  const zones = new Map<string, string>();
  const forms = new Map<string, DiskForm>();
  const found: Volume[] = [];
  const known = lockedVolumes(options);
  for (const pod of podsOf(all)) {
    machinesOf(pod).forEach((machine, position) => {
      const wanted = wantedBy(pod, machine, all);
      if (wanted.length === 0 && machine.ordinal === undefined) return;
      const zone = zoneOf({ pod, machine, position, wanted }, all, options, report);
      if (zone === undefined) return;
      zones.set(machine.key, zone);
      for (const one of wanted) {
        const { ref, claim } = one;
        const key = objectName(ref);
        const storageClass = classOf(claim, all)?.object;
        const disk = diskOf(claim, all);
        const reclaim = storageClass?.reclaimPolicy === 'Retain' ? 'Retain' : 'Delete';
        disagreements(one, disk, known[key], storageClass).forEach(report);
        found.push({
          origin: { object: ref, path: [] },
          key,
          claim: { namespace: ref.namespace, name: ref.name },
          group: machine.key,
          zone,
          reclaim,
          ...disk,
        });
        locked[key] = remembered(one, zone, reclaim, disk);
        forms.set(`${ref.namespace}/${ref.name}`, formOf(one, isXfs(storageClass)));
      }
    });
  }
  const kept = keptVolumes(all, locked, options, report);
  return {
    volumes: [...found, ...kept.volumes].sort((a, b) => (a.key < b.key ? -1 : 1)),
    zones,
    forms,
    locked: { ...locked, ...kept.locked },
  };
}

function remembered({ set, claim }: Wanted, zone: string, reclaim: Volume['reclaim'], disk: DiskSpec): LockedVolume {
  const whenDeleted = set?.object.spec.persistentVolumeClaimRetentionPolicy.whenDeleted;
  return {
    zone,
    ...disk,
    reclaim,
    ...(set === undefined ? {} : { set: objectName(set.ref), template: claim.name }),
    ...(whenDeleted === 'Delete' ? { whenDeleted } : {}),
  };
}

const formOf = ({ claim }: Wanted, xfs: boolean): DiskForm =>
  claim.spec.volumeMode === 'Block' ? { block: true } : xfs ? { filesystem: 'xfs' } : {};
