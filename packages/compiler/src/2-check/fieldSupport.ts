// Reports every refused or unsupported field that an object sets, at its place. See kinds/shared/fields/fieldSupport.ts.
import type { Code } from '../catalog.ts';
import type { Path, Report } from '../diagnostic.ts';
import { reportedFields } from '../generated/reportedFields.js';
import type { Refused, Warned } from '../kinds/shared/fields/fieldSupport.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import { matchedChildren, type TrieNode } from './pathTrie.ts';
import { hintOf, summaryOf } from './rule.ts';

export type ReportedField = Refused | Warned;

/** A node of the tree of reported fields. scripts/fieldSupport.mjs writes the tree at build time. */
export interface ReportedFieldNode extends TrieNode<ReportedField> {
  readonly fields?: Readonly<Record<string, ReportedFieldNode>>;
  readonly items?: ReportedFieldNode;
  readonly values?: ReportedFieldNode;
  /** Everything below has the same code: it is reported once, however many fields are set. */
  readonly whole?: true;
}

export function checkFieldSupport(manifests: Manifests, report: Report): void {
  for (const manifest of manifests.objects) {
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
  for (const [next, item, itemPath] of matchedChildren(node, value, path))
    reportFields(next, item, itemPath, manifest, report);
}

/** The first reported field below a value. An empty object counts as well: `ephemeral: {}`. */
function firstReported(
  node: ReportedFieldNode,
  value: unknown,
  path: Path,
): { readonly entry: ReportedField; readonly path: Path } | undefined {
  if (value === undefined || value === null) return undefined;
  const { entry } = node;
  if (entry !== undefined) return isHarmless(entry, value) ? undefined : { entry, path };
  for (const [next, item, itemPath] of matchedChildren(node, value, path)) {
    const found = firstReported(next, item, itemPath);
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
