// The ledger at work: whatever is written and refused or warned of there is said, at its place. See ledgers/ledger.ts.
import type { Code } from '../catalog.ts';
import type { Path, Report } from '../diagnostic.ts';
import { said } from '../generated/said.js';
import type { Refused, Warned } from '../ledgers/ledger.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import { adviceOf, matterOf } from './rule.ts';
import { childrenOf, type Node } from './trie.ts';

export type Said = Refused | Warned;

/** The part of a ledger of which something is said, laid out for one walk; made at build time by scripts/ledgers.mjs. */
export interface SaidNode extends Node<Said> {
  readonly fields?: Readonly<Record<string, SaidNode>>;
  readonly items?: SaidNode;
  readonly values?: SaidNode;
  /** Everything below has one code: it is said once, however much of it is written. */
  readonly whole?: true;
}

export function checkLedger(all: Manifests, report: Report): void {
  for (const manifest of all.all) {
    const root = said[manifest.kind];
    if (root !== undefined) judge(root, manifest.written, [], manifest, report);
  }
}

function judge(node: SaidNode, value: unknown, path: Path, manifest: Manifest, report: Report): void {
  if (value === undefined || value === null) return;
  if (node.whole) {
    const found = firstIn(node, value, path);
    if (found) report(finding(found.entry, path, found.path, manifest));
    return;
  }
  for (const [next, item, at] of childrenOf(node, value, path)) judge(next, item, at, manifest, report);
}

/** The first value of a part that something is said of. An empty object asks for the part, too: `ephemeral: {}`. */
function firstIn(node: SaidNode, value: unknown, path: Path): { readonly entry: Said; readonly path: Path } | undefined {
  if (value === undefined || value === null) return undefined;
  const { entry } = node;
  if (entry !== undefined) return isHarmless(entry, value) ? undefined : { entry, path };
  for (const [next, item, at] of childrenOf(node, value, path)) {
    const found = firstIn(next, item, at);
    if (found) return found;
  }
  const any = isEmptyObject(value) ? firstEntry(node) : undefined;
  return any && 'refused' in any ? { entry: any, path } : undefined;
}

function firstEntry({ entry, fields = {}, items, values }: SaidNode): Said | undefined {
  if (entry !== undefined) return entry;
  for (const next of [...Object.values(fields), items, values]) {
    const found = next && firstEntry(next);
    if (found) return found;
  }
  return undefined;
}

function finding(entry: Said, part: Path, path: Path, { ref }: Manifest): Parameters<Report>[0] {
  const code = codeOf(entry);
  const name = part.findLast((step) => typeof step === 'string') ?? '';
  const hint = entry.hint ?? adviceOf(code);
  return { code, message: `${name}: ${matterOf(code)}`, object: ref, path, ...(hint === '' ? {} : { hint }) };
}

const codeOf = (entry: Said): Code => ('refused' in entry ? entry.refused : entry.warned);

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

function isHarmless({ unless }: Said, value: unknown): boolean {
  const harmless: readonly unknown[] = Array.isArray(unless) ? unless : [unless];
  return unless !== undefined && harmless.includes(value);
}
