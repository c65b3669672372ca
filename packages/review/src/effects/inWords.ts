// The properties that a change is of, by name.
import type { ResourceChange } from '../differ/resources.ts';
import { listed } from '../words.ts';

/** `Port and Protocol`; of many, the first three. */
export function inWords({ changes }: Pick<ResourceChange, 'changes'>): string {
  const found = [...new Set(changes.map(({ path: [first = ''] }) => first.replace(/[()]/g, '')))];
  return found.length <= 3 ? listed(found) : `${found.slice(0, 3).join(', ')} and ${found.length - 3} more`;
}
