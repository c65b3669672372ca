// Every field that Kubernetes itself fills in its populated objects is in the ledger.
import { type Node, trieOf } from '../../src/2-check/trie.ts';
import { ledgers } from '../../src/ledgers/index.ts';
import type { Class } from '../../src/ledgers/ledger.ts';
import { populated } from './populated.mjs';

const kinds = Object.keys(ledgers) as readonly (keyof typeof ledgers)[];
const { objects, lacking } = populated(kinds);
if (lacking !== undefined) process.stderr.write(`SKIPPED ${kinds.length} populated objects: ${lacking}\n`);

interface Walked {
  readonly unclassified: readonly string[];
  readonly classified: number;
}

/** The leaves of a value: those that the ledger has a class for, and those that it has not. */
function walked(node: Node<Class> | undefined, value: unknown, path: string): Walked {
  if (node?.entry !== undefined) return { unclassified: [], classified: 1 };
  const below = childrenOf(node, value, path);
  if (below === undefined) return { unclassified: [path], classified: 0 };
  const all = below.map(([next, inner, at]) => walked(next, inner, at));
  return {
    unclassified: all.flatMap(({ unclassified }) => unclassified),
    classified: all.reduce((sum, { classified }) => sum + classified, 0),
  };
}

function childrenOf(node: Node<Class> | undefined, value: unknown, path: string) {
  if (Array.isArray(value)) return value.map((item) => [node?.items, item, `${path}[]`] as const);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).map(
    ([key, item]) => [node?.fields?.[key] ?? node?.values, item, path === '' ? key : `${path}.${key}`] as const,
  );
}

(lacking === undefined ? it : it.skip)('every leaf of the populated objects is classified', () => {
  const found = kinds.map((kind) => walked(trieOf(ledgers[kind]), objects?.[kind], ''));
  expect(found.flatMap(({ unclassified }, index) => unclassified.map((path) => `${kinds[index]} ${path}`))).toEqual([]);
  const classified = found.reduce((sum, one) => sum + one.classified, 0);
  process.stderr.write(`populated leaves classified: ${classified} of ${kinds.length} kinds\n`);
  expect(classified).toBeGreaterThan(3000);
});

it('a leaf that the ledger lacks is noticed', () => {
  expect(walked(trieOf({ 'spec.a': { meaningless: '' } }), { spec: { a: 1, b: [{ c: 2 }] } }, '')).toEqual({
    unclassified: ['spec.b[].c'],
    classified: 1,
  });
});
