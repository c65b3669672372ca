// Every field that Kubernetes itself fills in its populated objects has a class of field support.
import { type TrieNode, trieOf } from '../../src/2-check/pathTrie.ts';
import { fieldSupport } from '../../src/kinds/fieldSupport.ts';
import type { FieldSupport } from '../../src/kinds/shared/fields/fieldSupport.ts';
import { populated } from './populated.mjs';

const kinds = Object.keys(fieldSupport) as readonly (keyof typeof fieldSupport)[];
const { objects, lacking } = populated(kinds);
if (lacking !== undefined) process.stderr.write(`SKIPPED ${kinds.length} populated objects: ${lacking}\n`);

interface Classification {
  readonly unclassified: readonly string[];
  readonly classified: number;
}

/** The leaves of a value: those with a class of field support, and those without. */
function classify(node: TrieNode<FieldSupport> | undefined, value: unknown, path: string): Classification {
  if (node?.entry !== undefined) return { unclassified: [], classified: 1 };
  const below = childrenOf(node, value, path);
  if (below === undefined) return { unclassified: [path], classified: 0 };
  const all = below.map(([next, inner, at]) => classify(next, inner, at));
  return {
    unclassified: all.flatMap(({ unclassified }) => unclassified),
    classified: all.reduce((sum, { classified }) => sum + classified, 0),
  };
}

function childrenOf(node: TrieNode<FieldSupport> | undefined, value: unknown, path: string) {
  if (Array.isArray(value)) return value.map((item) => [node?.items, item, `${path}[]`] as const);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).map(
    ([key, item]) => [node?.fields?.[key] ?? node?.values, item, path === '' ? key : `${path}.${key}`] as const,
  );
}

(lacking === undefined ? it : it.skip)('every leaf of the populated objects is classified', () => {
  const found = kinds.map((kind) => classify(trieOf(fieldSupport[kind]), objects?.[kind], ''));
  expect(found.flatMap(({ unclassified }, index) => unclassified.map((path) => `${kinds[index]} ${path}`))).toEqual([]);
  const classified = found.reduce((sum, one) => sum + one.classified, 0);
  process.stderr.write(`populated leaves classified: ${classified} of ${kinds.length} kinds\n`);
  expect(classified).toBeGreaterThan(3000);
});

it('a leaf without a class is noticed', () => {
  expect(classify(trieOf({ 'spec.a': { meaningless: '' } }), { spec: { a: 1, b: [{ c: 2 }] } }, '')).toEqual({
    unclassified: ['spec.b[].c'],
    classified: 1,
  });
});
