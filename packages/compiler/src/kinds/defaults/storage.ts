// The defaults of PersistentVolume and StorageClass.
import { fill, fillZero, type JsonObject, struct } from './json.ts';
import { resourceList } from './resourceList.ts';
import { disks } from './volume.ts';

/** SetDefaults_PersistentVolume, but for its status. */
export function persistentVolume(object: JsonObject): void {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  fillZero(spec, { persistentVolumeReclaimPolicy: 'Retain' });
  fill(spec, { volumeMode: 'Filesystem' });
  resourceList(spec, 'capacity');
  disks(spec);
}

export function storageClass(object: JsonObject): void {
  struct(object, 'metadata');
  fill(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
}
