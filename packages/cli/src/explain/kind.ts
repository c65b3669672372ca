// A kind, or a field of it, in words: from the ledger of what is done with every field.
import type { Compiler, FieldClass, KindFacts } from '../compiler-ports.ts';
import { didYouMean } from '../nearest.ts';
import { count, harmless } from '../text.ts';
import type { Explained } from './code.ts';

interface Known {
  readonly catalog: Compiler['catalog'];
  readonly kinds: Readonly<Record<string, KindFacts>>;
}

/** `word` is `Kind` or `Kind.path`, as in kubectl explain. */
export function explainKind(known: Known, word: string): Explained {
  const [typed = '', ...rest] = word.split('.');
  const kind = kindOf(known.kinds, typed);
  const facts = kind === undefined ? undefined : known.kinds[kind];
  if (kind === undefined || !facts) {
    const near = didYouMean(typed, [...Object.keys(known.kinds), ...Object.keys(known.catalog)]);
    return { wrong: `'${harmless(typed)}' is neither a code nor a kind that i2kit compiles.${near}` };
  }
  const path = rest.join('.');
  return path === '' ? { text: whole(kind, facts) } : field(known, kind, facts, path);
}

/** As kubectl takes kinds: in any case, and in the plural. */
function kindOf(kinds: Known['kinds'], typed: string): string | undefined {
  const word = typed.toLowerCase();
  return Object.keys(kinds).find((kind) => [kind, `${kind}s`].some((form) => form.toLowerCase() === word));
}

function whole(kind: string, { apiVersion, becomes, ledger }: KindFacts): string {
  const classes = Object.values(ledger).map((one) => Object.keys(one)[0]);
  const of = (name: string) => classes.filter((one) => one === name).length;
  return [
    `${kind} (${apiVersion})`,
    '',
    becomes,
    '',
    `Of its ${count(classes.length, 'field')}, ${of('mapped')} are honoured, ${of('warned')} honoured otherwise or not at all (warned of),`,
    `${of('refused')} refused, and ${of('meaningless')} have no meaning where there is no cluster.`,
    `A field by itself: i2kit explain ${kind}.spec`,
    '',
  ].join('\n');
}

function field(known: Known, kind: string, { ledger }: KindFacts, path: string): Explained {
  const plain = bare(path);
  const found = Object.entries(ledger).filter(([leaf]) => covers(bare(leaf), plain));
  if (found.length === 0) {
    const names = [...new Set(Object.keys(ledger).flatMap((leaf) => prefixes(bare(leaf))))];
    return { wrong: `${kind} has no field '${harmless(path)}'.${didYouMean(plain, names, (name) => `${kind}.${name}`)}` };
  }
  const width = Math.min(60, Math.max(...found.map(([leaf]) => leaf.length)));
  return { text: `${kind}\n${found.map(([leaf, one]) => `  ${leaf.padEnd(width)}  ${inWords(known, one)}\n`).join('')}` };
}

/** Without `[]`, `[0]`, `["key"]`: `spec.ports[].name` and `spec.ports.name` are one field. */
const bare = (path: string): string => path.replace(/\["?([^\]"]*)"?\]/g, (_, key: string) => (/^\d*$/.test(key) ? '' : `.${key}`));

/** True where the field is the leaf, or holds it, or is a key of its map. */
function covers(leaf: string, field: string): boolean {
  const leaves = leaf.split('.');
  return field
    .split('.')
    .every((part, i) => leaves[i] === part || leaves[i] === '*' || (leaves[leaves.length - 1] === '*' && i >= leaves.length));
}

const prefixes = (leaf: string): string[] => leaf.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'));

function inWords({ catalog }: Known, one: FieldClass): string {
  const title = (code: string) => `${catalog[code]?.title ?? ''} (${code})`;
  if ('mapped' in one) return `honoured: ${one.mapped}`;
  if ('refused' in one) return `refused: ${one.hint ?? title(one.refused)}${one.hint ? ` (${one.refused})` : ''}`;
  if ('warned' in one) return `warned of: ${one.hint ?? title(one.warned)}${one.hint ? ` (${one.warned})` : ''}`;
  return `no meaning here: ${one.meaningless}`;
}
