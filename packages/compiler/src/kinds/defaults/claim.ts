// The defaults of a claim for a volume, wherever it stands: on its own, in a StatefulSet, in a pod's volume.
import { fill, type JsonObject, struct } from './json.ts';
import { resources } from './resourceList.ts';

/** SetDefaults_PersistentVolumeClaim, but for its status. */
export function persistentVolumeClaim(object: JsonObject): void {
  struct(object, 'metadata');
  claimSpec(struct(object, 'spec'));
}

/** SetDefaults_PersistentVolumeClaimSpec. */
export function claimSpec(spec: JsonObject): void {
  fill(spec, { volumeMode: 'Filesystem' });
  resources(struct(spec, 'resources'));
}
