// The defaults of a volume claim: a PersistentVolumeClaim, a claim template of a StatefulSet, or an ephemeral volume.
import { ensureObject, fillAbsent, type JsonObject } from './jsonObject.ts';
import { roundResources } from './resources.ts';

/** SetDefaults_PersistentVolumeClaim, without its status. */
export function setPersistentVolumeClaimDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  setClaimSpecDefaults(ensureObject(object, 'spec'));
}

/** SetDefaults_PersistentVolumeClaimSpec. */
export function setClaimSpecDefaults(spec: JsonObject): void {
  fillAbsent(spec, { volumeMode: 'Filesystem' });
  roundResources(ensureObject(spec, 'resources'));
}
