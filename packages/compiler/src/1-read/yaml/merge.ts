// The merge key `<<` (yaml.org/type/merge.html), which Kubernetes' reader knows.
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, Scalar, type YAMLMap } from 'yaml';
import type { Aliases } from './aliases.ts';
import { Problem } from './problem.ts';
import { PREFIX } from './tagged.ts';

/** A quoted "<<" is a key like any other. */
export function isMergeKey(key: ParsedNode): boolean {
  if (!isScalar(key) || key.source !== '<<') return false;
  return key.tag === undefined ? key.type === Scalar.PLAIN : key.tag === `${PREFIX}merge`;
}

/** The mappings that a merge key's value names, the strongest first. Throws a Problem where it is something else. */
export function mergedMaps(value: ParsedNode | null, aliases: Aliases, offset: number): YAMLMap.Parsed[] {
  const target = value !== null && isAlias(value) ? aliases.get(value) : value;
  // Kubernetes takes a list of mappings only where it stands, not by an alias.
  const nodes = isSeq(value) ? (value.items as (ParsedNode | null)[]) : [target ?? null];
  return nodes.map((node) => {
    const map = node !== null && isAlias(node) ? aliases.get(node) : node;
    if (!isMap(map)) throw new Problem('I2K110', 'only mappings can be merged: <<: *name, or <<: [*one, *two]', offset);
    return map as YAMLMap.Parsed;
  });
}
