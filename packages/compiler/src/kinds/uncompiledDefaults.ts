// The defaults of kinds that do not compile, which the tests compare with Kubernetes' own.
import {
  child,
  children,
  ensureObject,
  fillAbsent,
  fillAbsentOrZero,
  type JsonObject,
} from './shared/defaults/jsonObject.ts';
import { setVolumeSourceDefaults } from './shared/defaults/pod.ts';
import { addMissingResources, roundResourceList } from './shared/defaults/resources.ts';
import { setRollingUpdateDefaults, specWithTemplateDefaults } from './shared/defaults/workload.ts';

function setDaemonSetDefaults(object: JsonObject): void {
  const spec = specWithTemplateDefaults(object);
  fillAbsent(spec, { revisionHistoryLimit: 10 });
  setRollingUpdateDefaults(ensureObject(spec, 'updateStrategy'), { maxUnavailable: 1, maxSurge: 0 });
}

function setLimitRangeDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  for (const item of children(ensureObject(object, 'spec'), 'limits')) {
    if (item.type === 'Container') {
      // In this order: a limit defaults to the maximum, a request to the limit, and only then to the minimum.
      addMissingResources(item, 'default', child(item, 'max'));
      addMissingResources(item, 'defaultRequest', child(item, 'default'));
      addMissingResources(item, 'defaultRequest', child(item, 'min'));
    }
    for (const key of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio']) roundResourceList(item, key);
  }
}

/** SetDefaults_PersistentVolume, without its status. */
function setPersistentVolumeDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  fillAbsentOrZero(spec, { persistentVolumeReclaimPolicy: 'Retain' });
  fillAbsent(spec, { volumeMode: 'Filesystem' });
  roundResourceList(spec, 'capacity');
  setVolumeSourceDefaults(spec);
}

function setResourceQuotaDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  roundResourceList(ensureObject(object, 'spec'), 'hard');
}

/** Each modifies the copy that it gets. */
export const uncompiledDefaults = {
  DaemonSet: setDaemonSetDefaults,
  LimitRange: setLimitRangeDefaults,
  PersistentVolume: setPersistentVolumeDefaults,
  ResourceQuota: setResourceQuotaDefaults,
};
