// The defaults of a Namespace and of the two kinds that say how much may be used in one.
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
      // In this order: a limit comes from the most, a request from the limit, and only then from the least.
      addMissingResources(item, 'default', child(item, 'max'));
      addMissingResources(item, 'defaultRequest', child(item, 'default'));
      addMissingResources(item, 'defaultRequest', child(item, 'min'));
    }
    for (const key of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio']) roundResourceList(item, key);
  }
}
