// Which node each alias stands for: the last one before it that has the anchor.
import { type Alias, isAlias, isMap, isSeq, type ParsedNode } from 'yaml';
import { Problem } from './problem.ts';

export type Aliases = ReadonlyMap<Alias, ParsedNode>;

/** Throws a Problem where there is no such anchor, or where it is around the alias. */
export function resolveAliases(root: ParsedNode | null): Aliases {
  const aliases = new Map<Alias, ParsedNode>();
  const anchors = new Map<string, ParsedNode>();
  const around = new Set<ParsedNode>();

  const visit = (node: ParsedNode | null): void => {
    if (node === null) return;
    if (isAlias(node)) {
      const offset = node.range[0];
      const target = anchors.get(node.source);
      if (!target) throw new Problem('I2K108', `there is no anchor &${node.source} before this alias`, offset);
      if (around.has(target)) throw new Problem('I2K108', `the alias *${node.source} stands within what it stands for`, offset);
      aliases.set(node, target);
      return;
    }
    if (node.anchor) anchors.set(node.anchor, node);
    around.add(node);
    if (isSeq(node)) for (const item of node.items) visit(item as ParsedNode | null);
    if (isMap(node)) {
      for (const pair of node.items) {
        visit(pair.key as ParsedNode);
        visit(pair.value as ParsedNode | null);
      }
    }
    around.delete(node);
  };

  visit(root);
  return aliases;
}
