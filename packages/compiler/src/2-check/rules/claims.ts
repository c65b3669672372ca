// Claims: an access mode, a size, a class, and a volume that EBS supports. As ValidatePersistentVolumeClaimSpec of
// Kubernetes.

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
  check(manifests, report) {
    for (const claim of claimsOf(manifests)) {
      const reportAtClaim = reporterFor(claim.manifest, 'I2K330', report);
      const reportAt: ReportAt = (path, ...rest) => reportAtClaim([...claim.path, ...path], ...rest);
      const hasSize = checkSpec(claim, reportAt);
      checkDataSource(claim, reportAt);
      const isClassKnown = checkStorageClass(claim, manifests, reportAt);
      if (hasSize && isClassKnown)
        for (const { path, message } of ebsVolumeProblems(ebsVolumeOf(claim, manifests)))
          reportAt(path, message, { code: 'I2K491' });
    }
  },
};

/** Kubernetes' own checks; true if the size is valid. */
function checkSpec({ spec }: VolumeClaim, reportAt: ReportAt): boolean {
  const { accessModes = [], resources, storageClassName } = spec;
  if (accessModes.length === 0)
    reportAt(['spec', 'accessModes'], 'the claim has no access mode', { hint: 'Use ReadWriteOnce.' });
  if (accessModes.length > 1 && accessModes.includes('ReadWriteOncePod')) {
    reportAt(['spec', 'accessModes'], 'ReadWriteOncePod cannot be combined with another access mode');
  }
  if (storageClassName === '')
    reportAt(['spec', 'storageClassName'], 'an empty class asks for an existing volume', {
      code: 'I2K446',
    });
  const size = resources.requests?.['storage'];
  const path = ['spec', 'resources', 'requests', 'storage'];
  if (size === undefined) reportAt(path, 'the claim has no storage request');
  else if (compareQuantities(size, 0) <= 0) reportAt(path, `the storage request ${size} is not more than 0`);
  return size !== undefined && compareQuantities(size, 0) > 0;
}

/** The source of the volume: none, or a snapshot whose id an annotation names. */
function checkDataSource(claim: VolumeClaim, reportAt: ReportAt): void {
  for (const field of ['dataSource', 'dataSourceRef'] as const) {
    const from = claim.spec[field];
    if (from === undefined) continue;
    if (from.kind !== 'VolumeSnapshot') {
      reportAt(['spec', field], `an EBS volume cannot be created from a ${from.kind}`, { code: 'I2K446' });
    } else if (snapshotIdOf(claim) === undefined) {
      reportAt(['spec', field], `the EBS snapshot of the VolumeSnapshot ${from.name} is not known`, {
        code: 'I2K446',
        hint: 'Name it in the annotation i2kit.dev/snapshot-id.',
      });
    }
  }
}

/** True if the class's parameters are known. */
function checkStorageClass(claim: VolumeClaim, manifests: Manifests, reportAt: ReportAt): boolean {
  const name = storageClassNameOf(claim);
  const storageClass = storageClassOf(claim, manifests);
  const path = ['spec', 'storageClassName'];
  if (storageClass !== undefined) {
    const { provisioner } = storageClass.object;
    if (!isEbsClass(storageClass.object) && name !== undefined)
      reportAt(
        path,
        `the class ${name} is of ${provisioner}, which does not exist here: the volume is an encrypted gp3 volume`,
        {
          code: 'I2K514',
        },
      );
    return true;
  }
  if (name !== undefined && name !== '' && !isEbsVolumeType(name) && !manifests.wasRefused('StorageClass', '', name))
    reportAt(path, `there is no StorageClass ${name} in the input: the volume is an encrypted gp3 volume`, {
      code: 'I2K514',
    });
  return !manifests.wasRefused('StorageClass', '', name);
}
