// Claims: an access mode, a size, and a new disk. As ValidatePersistentVolumeClaimSpec of Kubernetes.
import { compareQuantities } from '../../kinds/shared/quantity.ts';
import { perObject } from '../rule.ts';

export const claims = perObject('PersistentVolumeClaim', ['I2K330', 'I2K446'], ({ spec }, say) => {
  const { accessModes = [], resources, storageClassName } = spec;
  if (accessModes.length === 0) say(['spec', 'accessModes'], 'the claim has no access mode', { hint: 'use ReadWriteOnce' });
  if (accessModes.length > 1 && accessModes.includes('ReadWriteOncePod')) {
    say(['spec', 'accessModes'], 'ReadWriteOncePod goes with no other access mode');
  }
  const size = resources.requests?.['storage'];
  const path = ['spec', 'resources', 'requests', 'storage'];
  if (size === undefined) say(path, 'the claim does not say how much storage it wants');
  else if (compareQuantities(size, 0) <= 0) say(path, `${size} of storage is nothing`);
  if (storageClassName === '')
    say(['spec', 'storageClassName'], 'an empty class asks for a volume that is there already', { code: 'I2K446' });
});
