// Claims: an access mode, a size, a class, and a disk that EBS makes. As ValidatePersistentVolumeClaimSpec of Kubernetes.

import { ebsVolumeOf, ebsVolumeProblems, isEbsClass, isEbsVolumeType } from '../../kinds/shared/ebsVolumes.ts';
import { compareQuantities } from '../../kinds/shared/quantity.ts';
import {
  claimsOf,
  snapshotIdOf,
  storageClassNameOf,
  storageClassOf,
  type VolumeClaim,
} from '../../kinds/shared/volumeClaims.ts';
import type { Manifests } from '../../manifest.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

export const claims: Rule = {
  codes: ['I2K330', 'I2K446', 'I2K491', 'I2K514'],
  check(all, report) {
    for (const claim of claimsOf(all)) {
      const at = reporterFor(claim.manifest, 'I2K330', report);
      const say: ReportAt = (path, ...rest) => at([...claim.path, ...path], ...rest);
      const sized = checkSpec(claim, say);
      checkDataSource(claim, say);
      const known = checkStorageClass(claim, all, say);
      if (sized && known)
        for (const { path, message } of ebsVolumeProblems(ebsVolumeOf(claim, all)))
          say(path, message, { code: 'I2K491' });
    }
  },
};

/** What Kubernetes itself would say; true where the size can be read. */
function checkSpec({ spec }: VolumeClaim, say: ReportAt): boolean {
  const { accessModes = [], resources, storageClassName } = spec;
  if (accessModes.length === 0)
    say(['spec', 'accessModes'], 'the claim has no access mode', { hint: 'use ReadWriteOnce' });
  if (accessModes.length > 1 && accessModes.includes('ReadWriteOncePod')) {
    say(['spec', 'accessModes'], 'ReadWriteOncePod goes with no other access mode');
  }
  if (storageClassName === '')
    say(['spec', 'storageClassName'], 'an empty class asks for a volume that is there already', { code: 'I2K446' });
  const size = resources.requests?.['storage'];
  const path = ['spec', 'resources', 'requests', 'storage'];
  if (size === undefined) say(path, 'the claim does not say how much storage it wants');
  else if (compareQuantities(size, 0) <= 0) say(path, `${size} of storage is nothing`);
  return size !== undefined && compareQuantities(size, 0) > 0;
}

/** What the disk is made from: nothing, or a snapshot whose id an annotation names. */
function checkDataSource(claim: VolumeClaim, say: ReportAt): void {
  for (const field of ['dataSource', 'dataSourceRef'] as const) {
    const from = claim.spec[field];
    if (from === undefined) continue;
    if (from.kind !== 'VolumeSnapshot') {
      say(['spec', field], `a disk cannot be made from a ${from.kind}`, { code: 'I2K446' });
    } else if (snapshotIdOf(claim) === undefined) {
      say(['spec', field], `nothing says which EBS snapshot the VolumeSnapshot ${from.name} is`, {
        code: 'I2K446',
        hint: 'name it in the annotation i2kit.dev/snapshot-id',
      });
    }
  }
}

/** Whether it is known what the class says. */
function checkStorageClass(claim: VolumeClaim, all: Manifests, say: ReportAt): boolean {
  const name = storageClassNameOf(claim);
  const storageClass = storageClassOf(claim, all);
  const path = ['spec', 'storageClassName'];
  if (storageClass !== undefined) {
    const { provisioner } = storageClass.object;
    if (!isEbsClass(storageClass.object) && name !== undefined)
      say(path, `the class ${name} is of ${provisioner}, which is not here: the disk is an encrypted gp3 volume`, {
        code: 'I2K514',
      });
    return true;
  }
  if (name !== undefined && name !== '' && !isEbsVolumeType(name) && !all.wasRefused('StorageClass', '', name))
    say(path, `there is no StorageClass ${name} in the input: the disk is an encrypted gp3 volume`, { code: 'I2K514' });
  return !all.wasRefused('StorageClass', '', name);
}
