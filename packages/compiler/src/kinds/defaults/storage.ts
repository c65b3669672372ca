// The defaults of PersistentVolume and StorageClass.
import { ensureObject, fillAbsent, fillAbsentOrZero, type JsonObject } from './jsonObject.ts';
import { setVolumeSourceDefaults } from './pod.ts';
import { roundResourceList } from './resources.ts';

/** SetDefaults_PersistentVolume, without its status. */
export function setPersistentVolumeDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  fillAbsentOrZero(spec, { persistentVolumeReclaimPolicy: 'Retain' });
  fillAbsent(spec, { volumeMode: 'Filesystem' });
  roundResourceList(spec, 'capacity');
  setVolumeSourceDefaults(spec);
}

export function setStorageClassDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  fillAbsent(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
}
