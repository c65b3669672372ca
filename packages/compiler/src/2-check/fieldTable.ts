// Rules that check fields one by one, as tables of path patterns say.
import type { Code, Path } from '../diagnostic.ts';
import type { Kind } from '../kinds/index.ts';
import { podsOf } from '../kinds/shared/pods.ts';
import { claimsOf } from '../kinds/shared/volumeClaims.ts';
import { type TrieNode, trieOf, walkTrie } from './pathTrie.ts';
import { type ReportAt, type Rule, reporterFor } from './rule.ts';

/** By path pattern, e.g. `containers[].ports[].protocol`. */
export type FieldTable<T> = Readonly<Record<string, T>>;

export interface FieldTables<T> {
  /** Below the spec of every pod, whatever kind of object defines it. */
  readonly pods?: FieldTable<T>;
  /** Below the spec of every claim. */
  readonly claims?: FieldTable<T>;
  /** Below objects of a kind. */
  readonly kinds: { readonly [K in Kind]?: FieldTable<T> };
}

export interface FieldTableRule<T> extends Rule {
  readonly tables: FieldTables<T>;
}

/** `check` is called for each value that has an entry. */
export function fieldTableRule<T>(
  code: Code,
  tables: FieldTables<T>,
  check: (entry: T, value: unknown, path: Path, reportAt: ReportAt) => void,
): FieldTableRule<T> {
  const pods = trieOf(tables.pods ?? {});
  const claims = trieOf(tables.claims ?? {});
  const kinds = new Map<string, TrieNode<T>>(
    Object.entries(tables.kinds).map(([kind, table]) => [kind, trieOf<T>(table)]),
  );
  return {
    codes: [code],
    tables,
    check(manifests, report) {
      const walk = (node: TrieNode<T>, value: unknown, start: Path, reportAt: ReportAt) =>
        walkTrie(node, value, start, (entry, found, path) => check(entry, found, path, reportAt));
      for (const { manifest, spec, path } of podsOf(manifests))
        walk(pods, spec, path, reporterFor(manifest, code, report));
      for (const manifest of manifests.objects) {
        const node = kinds.get(manifest.kind);
        if (node) walk(node, manifest.object, [], reporterFor(manifest, code, report));
      }
      for (const { manifest, spec, path } of claimsOf(manifests))
        walk(claims, spec, [...path, 'spec'], reporterFor(manifest, code, report));
    },
  };
}
