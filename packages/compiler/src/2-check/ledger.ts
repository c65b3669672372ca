// The ledger at work: whatever is written and refused or warned of there is said, at its place. See kinds/ledger.ts.
import type { Code } from '../catalog.ts';
import type { Path, Report } from '../diagnostic.ts';
import { kinds } from '../kinds/index.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Class, Refused, Warned } from '../kinds/ledger.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import { adviceOf, matterOf } from './rule.ts';
import { childrenOf, type Node, trieOf } from './trie.ts';

type Said = Refused | Warned;

interface Compiled {
  readonly root: Node<Class>;
  /** Parts of which everything has one code: said once, however much of it is written. */
  readonly whole: ReadonlyMap<Node<Class>, Code>;
}

const compiled = new Map<Kind, Compiled>();

export function checkLedger(all: Manifests, report: Report): void {
  for (const manifest of all.all) {
    const { root, whole } = ledgerOf(manifest.kind);
    judge(root, manifest.written, [], manifest, whole, report);
  }
}

function ledgerOf(kind: Kind): Compiled {
  const known = compiled.get(kind);
  if (known) return known;
  const root = trieOf(kinds[kind].ledger);
  const whole = new Map<Node<Class>, Code>();
  codeOf(root, whole);
  const made = { root, whole };
  compiled.set(kind, made);
  return made;
}

/** The one code of all that is below a node; undefined where there are several, or something that is not said. */
function codeOf(node: Node<Class>, whole: Map<Node<Class>, Code>): Code | undefined {
  const codes = new Set(allBelow(node).map((next) => codeOf(next, whole)));
  if (node.entry !== undefined) codes.add(isSaid(node.entry) ? saidCode(node.entry) : undefined);
  const [code] = codes;
  if (codes.size !== 1 || code === undefined) return undefined;
  whole.set(node, code);
  return code;
}

function judge(node: Node<Class>, value: unknown, path: Path, manifest: Manifest, whole: Compiled['whole'], report: Report): void {
  if (value === undefined || value === null) return;
  if (whole.has(node)) {
    const found = firstIn(node, value, path);
    if (found) report(finding(found.entry, path, found.path, manifest));
    return;
  }
  for (const [next, item, at] of childrenOf(node, value, path)) judge(next, item, at, manifest, whole, report);
}

/** The first value of a part that something is said of. An empty object asks for the part, too: `ephemeral: {}`. */
function firstIn(node: Node<Class>, value: unknown, path: Path): { readonly entry: Said; readonly path: Path } | undefined {
  if (value === undefined || value === null) return undefined;
  const { entry } = node;
  if (entry !== undefined) return isSaid(entry) && !isHarmless(entry, value) ? { entry, path } : undefined;
  for (const [next, item, at] of childrenOf(node, value, path)) {
    const found = firstIn(next, item, at);
    if (found) return found;
  }
  const any = isEmptyObject(value) ? firstEntry(node) : undefined;
  return any && 'refused' in any ? { entry: any, path } : undefined;
}

function firstEntry(node: Node<Class>): Said | undefined {
  if (node.entry !== undefined) return isSaid(node.entry) ? node.entry : undefined;
  const [next] = allBelow(node);
  return next && firstEntry(next);
}

const allBelow = (node: Node<Class>): readonly Node<Class>[] => [
  ...node.fields.values(),
  ...(node.items ? [node.items] : []),
  ...(node.values ? [node.values] : []),
];

function finding(entry: Said, part: Path, path: Path, { ref }: Manifest): Parameters<Report>[0] {
  const code = saidCode(entry);
  const name = part.findLast((step) => typeof step === 'string') ?? '';
  const hint = entry.hint ?? adviceOf(code);
  return { code, message: `${name}: ${matterOf(code)}`, object: ref, path, ...(hint === '' ? {} : { hint }) };
}

const isSaid = (entry: Class): entry is Said => ('refused' in entry || 'warned' in entry) && entry.byRule !== true;

const saidCode = (entry: Said): Code => ('refused' in entry ? entry.refused : entry.warned);

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

function isHarmless({ unless }: Said, value: unknown): boolean {
  const harmless: readonly unknown[] = Array.isArray(unless) ? unless : [unless];
  return unless !== undefined && harmless.includes(value);
}
