// Finds the parts of a document that may be values of a Secret, which neither a message nor a source line may show.
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import { treeIfReadable } from './diagnosticPlaces.ts';
import type { NodeTree } from './yaml/exact.ts';
import type { TextRange } from './yaml/split.ts';

/** Whether a text that could not be read may be a Secret: it has the word, or an escape that may spell it. */
export const mayBeSecret = (text: string): boolean => /\bSecret|\\[xuU]/.test(text);

/** Keys of a Secret that hold none of its values. A mistyped `data` is still data. */
const publicKeys: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable']);

/** Ranges of a document that hold values of Secrets; the whole document if it cannot be told. */
export function secretRanges(text: string): readonly TextRange[] {
  if (!/secret|\\[xuU]/i.test(text)) return [];
  if (last?.text !== text) last = { text, ranges: rangesIn(text) };
  return last.ranges;
}

/** Diagnostics come in document order. */
let last: { readonly text: string; readonly ranges: readonly TextRange[] } | undefined;

function rangesIn(text: string): readonly TextRange[] {
  const tree = treeIfReadable(text);
  if (tree === undefined) return mayBeSecret(text) ? [{ start: 0, end: text.length }] : [];
  const items = isMap(tree.root) ? fieldNode(tree.root as YAMLMap.Parsed, 'items', tree) : undefined;
  const kind = isMap(tree.root) ? textOf(fieldNode(tree.root as YAMLMap.Parsed, 'kind', tree)) : '';
  // The items of a SecretList need not state their kind.
  const implied = /^secretlist$/i.test(kind);
  const objects = [tree.root, ...(isSeq(items) ? (items.items as ParsedNode[]) : [])];
  return objects.flatMap((node, index) => {
    const object = targetOf(node, tree);
    if (!isMap(object)) return [];
    const own = textOf(fieldNode(object as YAMLMap.Parsed, 'kind', tree));
    return /^secret$/i.test(own) || (index > 0 && implied) ? valueRanges(object as YAMLMap.Parsed, tree) : [];
  });
}

/** Annotations count as well: `kubectl apply` stores a copy of the whole object in one. */
function valueRanges(secret: YAMLMap.Parsed, tree: NodeTree): readonly TextRange[] {
  const ranges: TextRange[] = [];
  for (const { key, value } of secret.items) {
    const name = textOf(key);
    if (!publicKeys.has(name)) ranges.push({ start: key.range[0], end: (value ?? key).range[1] });
    // A value that is not written here may be anywhere.
    if (value !== null && isAlias(value)) ranges.push(rangeOf(tree.aliases.get(value)));
    const metadata = name === 'metadata' ? targetOf(value, tree) : undefined;
    const annotations = isMap(metadata) ? fieldNode(metadata as YAMLMap.Parsed, 'annotations', tree) : undefined;
    if (annotations) ranges.push(rangeOf(annotations));
  }
  return ranges;
}

const rangeOf = (node: ParsedNode | null | undefined): TextRange => ({
  start: node?.range[0] ?? 0,
  end: node?.range[1] ?? 0,
});

const targetOf = (node: ParsedNode | null | undefined, { aliases }: NodeTree): ParsedNode | null | undefined =>
  node && isAlias(node) ? aliases.get(node) : node;

const fieldNode = (map: YAMLMap.Parsed, key: string, tree: NodeTree): ParsedNode | null | undefined =>
  targetOf(map.items.find((pair) => textOf(pair.key) === key)?.value, tree);

const textOf = (node: ParsedNode | null | undefined): string => (node && isScalar(node) ? String(node.source) : '');
