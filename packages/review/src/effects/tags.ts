// Tags, where nothing else changes: all of them in one line.
import type { Comparison } from '../comparison.ts';
import type { ResourceChange } from '../differ/resources.ts';
import { nounsOf } from '../words.ts';
import { type Effect, propertiesOf } from './effect.ts';

export const tagged = ({ action, changes }: ResourceChange): boolean =>
  action === 'modify' && changes.every(({ path: [first] }) => first === 'Tags');

/** What has other tags and nothing else, as one effect. */
export function tags({ changes }: Comparison): readonly Effect[] {
  const found = [...changes.values()].filter(tagged);
  if (found.length === 0) return [];
  const properties = found.flatMap(propertiesOf);
  const text = `tags of ${nounsOf(found.map(({ type }) => type))}`;
  return [{ verb: 'UPDATE', area: 'other', object: '', text, ids: found.map(({ id }) => id), changes: properties }];
}
