// The defaults of a claim for a volume, wherever it stands: on its own, in a StatefulSet, in a pod's volume.
import { ensureObject, fillAbsent, type JsonObject } from './jsonObject.ts';
import { roundResources } from './resources.ts';

/** SetDefaults_PersistentVolumeClaim, but for its status. */
export function setPersistentVolumeClaimDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  setClaimSpecDefaults(ensureObject(object, 'spec'));
}

/** SetDefaults_PersistentVolumeClaimSpec. */
export function setClaimSpecDefaults(spec: JsonObject): void {
  fillAbsent(spec, { volumeMode: 'Filesystem' });
  roundResources(ensureObject(spec, 'resources'));
}
