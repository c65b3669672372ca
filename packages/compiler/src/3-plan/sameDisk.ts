// Whether a disk can become what its claim says now: a disk grows, and is never made anew.
import { type Finding, objectName } from '../diagnostic.ts';
import type { StorageClass } from '../generated/kubernetes.ts';
import type { LockedVolume } from '../options.ts';
import type { DiskSpec } from '../plan.ts';
import type { Wanted } from './wanted.ts';

export function disagreements(
  { claim, ref, set }: Wanted,
  disk: DiskSpec,
  locked: LockedVolume | undefined,
  storageClass: StorageClass | undefined,
): readonly Finding[] {
  if (locked === undefined) return [];
  const name = objectName(ref);
  const size = [...claim.path, 'spec', 'resources', 'requests', 'storage'];
  const said = differences(locked, disk);
  const say = (code: Finding['code'], message: string, path = claim.path): readonly Finding[] => [
    { code, message, object: claim.manifest.ref, path },
  ];
  if (said.length === 0) return [];
  if (set !== undefined && claim.path.length > 0) {
    const hint = `to change a disk alone, add a PersistentVolumeClaim ${ref.name} that says what it is to be`;
    return say('I2K650', `the claim template ${claim.name} has changed: ${name} was made with ${said.join(' and ')}`).map((one) => ({
      ...one,
      hint,
    }));
  }
  if (locked.kmsKeyId !== disk.kmsKeyId || locked.snapshot !== disk.snapshot) {
    return say('I2K652', `${name} was made with ${said.join(' and ')}, and only a new disk could have another`);
  }
  if (disk.sizeGiB < locked.sizeGiB) return say('I2K651', `${name} has ${locked.sizeGiB} GiB, and cannot shrink to ${disk.sizeGiB}`, size);
  if (disk.sizeGiB > locked.sizeGiB && storageClass !== undefined && storageClass.allowVolumeExpansion !== true) {
    return say('I2K653', `${name} has ${locked.sizeGiB} GiB, and its class ${storageClass.metadata.name} does not let it grow`, size);
  }
  return say('I2K655', `${name} was made with ${said.join(' and ')}, and is changed while it is in use`, size);
}

/** What the disk was made with, where that is no longer what is asked for. */
function differences(locked: LockedVolume, disk: DiskSpec): readonly string[] {
  const fields = { sizeGiB: 'GiB', type: '', iops: 'iops', throughput: 'MiB/s', kmsKeyId: '', snapshot: '' } as const;
  const none = {
    kmsKeyId: "the account's own key",
    snapshot: 'no snapshot',
    iops: 'the usual iops',
    throughput: 'the usual throughput',
  } as const;
  return (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) => {
    if (locked[field] === disk[field]) return [];
    const was = locked[field] ?? (field in none ? none[field as keyof typeof none] : '');
    return [`${was} ${locked[field] === undefined ? '' : fields[field]}`.trim()];
  });
}
