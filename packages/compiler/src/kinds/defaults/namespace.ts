// The defaults of a Namespace and of the two kinds that say how much may be used in one.
import { child, children, type JsonObject, struct } from './json.ts';
import { addMissing, resourceList } from './resourceList.ts';

/** Every namespace carries its name as a label, so that selectors can name it. */
export function namespace(object: JsonObject): void {
  const metadata = struct(object, 'metadata');
  struct(object, 'spec');
  if (metadata.name) struct(metadata, 'labels')['kubernetes.io/metadata.name'] = metadata.name;
}

export function resourceQuota(object: JsonObject): void {
  struct(object, 'metadata');
  resourceList(struct(object, 'spec'), 'hard');
}

export function limitRange(object: JsonObject): void {
  struct(object, 'metadata');
  for (const item of children(struct(object, 'spec'), 'limits')) {
    if (item.type === 'Container') {
      // In this order: a limit comes from the most, a request from the limit, and only then from the least.
      addMissing(item, 'default', child(item, 'max'));
      addMissing(item, 'defaultRequest', child(item, 'default'));
      addMissing(item, 'defaultRequest', child(item, 'min'));
    }
    for (const key of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio']) resourceList(item, key);
  }
}
