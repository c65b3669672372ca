// The exact reader's values: what Kubernetes makes of a document's nodes.
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar as ScalarNode, type YAMLMap } from 'yaml';
import { MAX_DEPTH, MAX_EXPANDED } from '../limits.ts';
import { isMergeKey, mergedMaps } from './merge.ts';
import { keyOf, scalarOf } from './node.ts';
import { Problem } from './problem.ts';
import { PREFIX, unknownTag } from './tagged.ts';
import { type Tree, tooDeep } from './tree.ts';

/** Throws a Problem where Kubernetes would refuse a value, a key or a tag, or where a limit is met. */
export function valueOfTree({ root, aliases, unended }: Tree): unknown {
  let expanded = 0;
  /** The written alias or merge key that is being followed. */
  let from = 0;
  const count = (): void => {
    expanded += 1;
    if (expanded > MAX_EXPANDED) throw new Problem('I2K124', `aliases make more than ${MAX_EXPANDED} nodes of this document`, from);
  };

  const value = (node: ParsedNode | null, depth: number, copy: boolean): unknown => {
    if (node === null) return null;
    const offset = node.range[0];
    if (copy) count();
    if (depth > MAX_DEPTH) throw tooDeep(offset);
    if (isAlias(node)) {
      if (!copy) from = offset;
      return value(aliases.get(node) ?? null, depth, true);
    }
    if (isScalar(node)) return scalarOf(node as ScalarNode.Parsed, unended);
    requireTag(node, isMap(node) ? 'map' : 'seq');
    if (isMap(node)) return mapping(node as YAMLMap.Parsed, depth, copy);
    return isSeq(node) ? node.items.map((item) => value(item as ParsedNode | null, depth + 1, copy)) : null;
  };

  const mapping = (node: YAMLMap.Parsed, depth: number, copy: boolean): Record<string, unknown> => {
    const result: Record<string, unknown> = {};
    const own = new Set<string>();
    const merged = new Set<string>();
    let merges = 0;
    for (const pair of node.items) {
      const offset = pair.key.range[0];
      if (isMergeKey(pair.key)) {
        merges += 1;
        if (merges > 1) throw new Problem('I2K102', 'the key << stands twice', offset, 'merge a list: <<: [*one, *two]');
        if (!copy) from = offset;
        for (const source of mergedMaps(pair.value, aliases, offset)) {
          count();
          for (const [key, each] of Object.entries(mapping(source, depth, true))) {
            if (own.has(key)) throw lateMerge(key, offset);
            if (!merged.has(key)) put(result, key, each);
            merged.add(key);
          }
        }
        continue;
      }
      const key = keyOf(pair.key, aliases);
      if (own.has(key))
        throw new Problem('I2K102', `the key ${JSON.stringify(key)} stands twice in one mapping`, offset, 'remove one of them');
      own.add(key);
      put(result, key, value(pair.value, depth + 1, copy));
    }
    return result;
  };

  return value(root, 1, false);
}

/** `__proto__` is a key like any other. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
}

function requireTag(node: ParsedNode, type: 'map' | 'seq'): void {
  const { tag } = node;
  if (tag !== undefined && tag !== PREFIX + type && tag !== '!') throw unknownTag(tag, node.range[0]);
}

/** YAML lets the written key win wherever it stands, Kubernetes the later of the two. */
function lateMerge(key: string, offset: number): Problem {
  const message = `the merge brings the key ${JSON.stringify(key)}, which already stands before it`;
  return new Problem('I2K110', message, offset, 'put << first, so that the written key wins for every reader of YAML');
}
