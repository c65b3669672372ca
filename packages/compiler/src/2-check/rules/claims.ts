// Claims: an access mode, a size, a class, and a disk that EBS makes. As ValidatePersistentVolumeClaimSpec of Kubernetes.
import { type ClaimOf, claimsOf, classNameOf, classOf, snapshotOf } from '../../kinds/shared/claims.ts';
import { diskOf, isDiskType, isEbs, problemsOf } from '../../kinds/shared/disks.ts';
import { compareQuantities } from '../../kinds/shared/quantity.ts';
import type { Manifests } from '../../manifest.ts';
import { type Rule, type Say, sayOf } from '../rule.ts';

export const claims: Rule = {
  codes: ['I2K330', 'I2K446', 'I2K491', 'I2K514'],
  check(all, report) {
    for (const claim of claimsOf(all)) {
      const at = sayOf(claim.manifest, 'I2K330', report);
      const say: Say = (path, ...rest) => at([...claim.path, ...path], ...rest);
      const sized = form(claim, say);
      source(claim, say);
      const known = className(claim, all, say);
      if (sized && known) for (const { path, message } of problemsOf(diskOf(claim, all))) say(path, message, { code: 'I2K491' });
    }
  },
};

/** What Kubernetes itself would say; true where the size can be read. */
function form({ spec }: ClaimOf, say: Say): boolean {
  const { accessModes = [], resources, storageClassName } = spec;
  if (accessModes.length === 0) say(['spec', 'accessModes'], 'the claim has no access mode', { hint: 'use ReadWriteOnce' });
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
function source(claim: ClaimOf, say: Say): void {
  for (const field of ['dataSource', 'dataSourceRef'] as const) {
    const from = claim.spec[field];
    if (from === undefined) continue;
    if (from.kind !== 'VolumeSnapshot') {
      say(['spec', field], `a disk cannot be made from a ${from.kind}`, { code: 'I2K446' });
    } else if (snapshotOf(claim) === undefined) {
      say(['spec', field], `nothing says which EBS snapshot the VolumeSnapshot ${from.name} is`, {
        code: 'I2K446',
        hint: 'name it in the annotation i2kit.dev/snapshot-id',
      });
    }
  }
}

/** Whether it is known what the class says. */
function className(claim: ClaimOf, all: Manifests, say: Say): boolean {
  const name = classNameOf(claim);
  const storageClass = classOf(claim, all);
  const path = ['spec', 'storageClassName'];
  if (storageClass !== undefined) {
    const { provisioner } = storageClass.object;
    if (!isEbs(storageClass.object) && name !== undefined)
      say(path, `the class ${name} is of ${provisioner}, which is not here: the disk is an encrypted gp3 volume`, { code: 'I2K514' });
    return true;
  }
  if (name !== undefined && name !== '' && !isDiskType(name) && !all.refused('StorageClass', '', name))
    say(path, `there is no StorageClass ${name} in the input: the disk is an encrypted gp3 volume`, { code: 'I2K514' });
  return !all.refused('StorageClass', '', name);
}
