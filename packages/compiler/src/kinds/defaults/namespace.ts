// The defaults of Namespace, LimitRange and ResourceQuota.
import { child, children, ensureObject, type JsonObject } from './jsonObject.ts';
import { addMissingResources, roundResourceList } from './resources.ts';

/** Every namespace carries its name as a label, so that selectors can name it. */
export function setNamespaceDefaults(object: JsonObject): void {
  const metadata = ensureObject(object, 'metadata');
  ensureObject(object, 'spec');
  if (metadata.name) ensureObject(metadata, 'labels')['kubernetes.io/metadata.name'] = metadata.name;
}

export function setResourceQuotaDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  roundResourceList(ensureObject(object, 'spec'), 'hard');
}

export function setLimitRangeDefaults(object: JsonObject): void {
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
