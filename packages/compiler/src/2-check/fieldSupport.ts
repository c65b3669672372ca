// The ledger at work: whatever is written and refused or warned of there is said, at its place. See ledgers/ledger.ts.
import type { Code } from '../catalog.ts';
import type { Path, Report } from '../diagnostic.ts';
import { reportedFields } from '../generated/reportedFields.js';
import type { Refused, Warned } from '../kinds/fields/fieldSupport.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import { matchedChildren, type TrieNode } from './pathTrie.ts';
import { hintOf, summaryOf } from './rule.ts';

export type ReportedField = Refused | Warned;

/** The part of a ledger of which something is said, laid out for one walk; made at build time by scripts/ledgers.mjs. */
export interface ReportedFieldNode extends TrieNode<ReportedField> {
  readonly fields?: Readonly<Record<string, ReportedFieldNode>>;
  readonly items?: ReportedFieldNode;
  readonly values?: ReportedFieldNode;
  /** Everything below has one code: it is said once, however much of it is written. */
  readonly whole?: true;
}

export function checkFieldSupport(all: Manifests, report: Report): void {
  for (const manifest of all.objects) {
    const root = reportedFields[manifest.kind];
    if (root !== undefined) reportFields(root, manifest.written, [], manifest, report);
  }
}

function reportFields(node: ReportedFieldNode, value: unknown, path: Path, manifest: Manifest, report: Report): void {
  if (value === undefined || value === null) return;
  if (node.whole) {
    const found = firstReported(node, value, path);
    if (found) report(findingOf(found.entry, path, found.path, manifest));
    return;
  }
  for (const [next, item, at] of matchedChildren(node, value, path)) reportFields(next, item, at, manifest, report);
}

/** The first value of a part that something is said of. An empty object asks for the part, too: `ephemeral: {}`. */
function firstReported(
  node: ReportedFieldNode,
  value: unknown,
  path: Path,
): { readonly entry: ReportedField; readonly path: Path } | undefined {
  if (value === undefined || value === null) return undefined;
  const { entry } = node;
  if (entry !== undefined) return isHarmless(entry, value) ? undefined : { entry, path };
  for (const [next, item, at] of matchedChildren(node, value, path)) {
    const found = firstReported(next, item, at);
    if (found) return found;
  }
  const any = isEmptyObject(value) ? firstFieldBelow(node) : undefined;
  return any && 'refused' in any ? { entry: any, path } : undefined;
}

function firstFieldBelow({ entry, fields = {}, items, values }: ReportedFieldNode): ReportedField | undefined {
  if (entry !== undefined) return entry;
  for (const next of [...Object.values(fields), items, values]) {
    const found = next && firstFieldBelow(next);
    if (found) return found;
  }
  return undefined;
}

function findingOf(entry: ReportedField, part: Path, path: Path, { ref }: Manifest): Parameters<Report>[0] {
  const code = codeOf(entry);
  const name = part.findLast((step) => typeof step === 'string') ?? '';
  const hint = entry.hint ?? hintOf(code);
  return { code, message: `${name}: ${summaryOf(code)}`, object: ref, path, ...(hint === '' ? {} : { hint }) };
}

const codeOf = (entry: ReportedField): Code => ('refused' in entry ? entry.refused : entry.warned);

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

function isHarmless({ unless }: ReportedField, value: unknown): boolean {
  const harmless: readonly unknown[] = Array.isArray(unless) ? unless : [unless];
  return unless !== undefined && harmless.includes(value);
}
