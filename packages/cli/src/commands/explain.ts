// `i2kit explain`: explains a diagnostic code, a kind, or how a field of a kind is supported.

import { countText, escapeInvisible, failure, type Outcome, success } from '@i2kit/common';
import type { Command } from '../context.ts';
import { didYouMean } from '../didYouMean.ts';
import { exit } from '../exit.ts';
import { reportUsageError } from '../help/usageError.ts';
import type { Compiler, FieldSupport, KindDescription } from '../ports/compiler.ts';

export const explain: Command = {
  usage: 'explain CODE|KIND|KIND.PATH',
  summary: 'Explain a diagnostic code, a kind, or a field of a kind',
  flags: [],
  operands: { least: 1, most: 1 },
  examples: [
    ['explain I2K720', 'The meaning of an error, and how to fix it'],
    ['explain Deployment', 'The resources of a Deployment'],
    ['explain Deployment.spec.strategy', 'The support of a field and of the fields inside it'],
  ],
  async run({ io, operands: [word = ''], compiler }) {
    const { catalog, kinds } = await compiler();
    const found = /^i2k\d/i.test(word)
      ? explainCode(catalog, word.toUpperCase())
      : explainKind({ catalog, kinds: await kinds() }, word);
    if (!found.ok) return reportUsageError(io, found.problems[0].message, 'explain');
    io.stdout.write(found.value);
    return exit.fine;
  },
};

/** The text to print, or a usage error. */
export type Explanation = Outcome<string>;

export function explainCode(catalog: Compiler['catalog'], code: string): Explanation {
  const entry = Object.hasOwn(catalog, code) ? catalog[code] : undefined;
  return entry
    ? success(`${entry.severity}[${code}] ${entry.title}\n\n${entry.explanation}\n`)
    : failure({ message: `There is no code '${escapeInvisible(code)}'.` });
}

interface ExplainTables {
  readonly catalog: Compiler['catalog'];
  readonly kinds: Readonly<Record<string, KindDescription>>;
}

/** `word` is `Kind` or `Kind.path`, as in kubectl explain. */
export function explainKind(known: ExplainTables, word: string): Explanation {
  const [typed = '', ...rest] = word.split('.');
  const kind = matchingKind(known.kinds, typed);
  const facts = kind === undefined ? undefined : known.kinds[kind];
  if (kind === undefined || !facts) {
    const near = didYouMean(typed, [...Object.keys(known.kinds), ...Object.keys(known.catalog)]);
    return failure({
      message: `'${escapeInvisible(typed)}' is neither a code nor a kind that i2kit compiles.${near}`,
    });
  }
  const path = rest.join('.');
  return path === '' ? success(kindText(kind, facts)) : explainField(known, kind, facts, path);
}

/** Accepts kinds as kubectl does: in any case, and in the plural. */
function matchingKind(kinds: ExplainTables['kinds'], typed: string): string | undefined {
  const word = typed.toLowerCase();
  return Object.keys(kinds).find((kind) => [kind, `${kind}s`].some((form) => form.toLowerCase() === word));
}

function kindText(kind: string, { apiVersion, becomes, fieldSupport: ledger }: KindDescription): string {
  const classes = Object.values(ledger).map((one) => Object.keys(one)[0]);
  const of = (name: string) => classes.filter((one) => one === name).length;
  return [
    `${kind} (${apiVersion})`,
    '',
    becomes,
    '',
    `Of its ${countText(classes.length, 'field')}, ${of('mapped')} are honoured, ${of('warned')} differ or are ignored with a warning,`,
    `${of('refused')} are refused, and ${of('meaningless')} have no meaning outside a cluster.`,
    `For a single field: i2kit explain ${kind}.spec`,
    '',
  ].join('\n');
}

function explainField(
  known: ExplainTables,
  kind: string,
  { fieldSupport: ledger }: KindDescription,
  path: string,
): Explanation {
  const plain = plainPath(path);
  const found = Object.entries(ledger).filter(([leaf]) => covers(plainPath(leaf), plain));
  if (found.length === 0) {
    const names = [...new Set(Object.keys(ledger).flatMap((leaf) => pathPrefixes(plainPath(leaf))))];
    return failure({
      message: `${kind} has no field '${escapeInvisible(path)}'.${didYouMean(plain, names, (name) => `${kind}.${name}`)}`,
    });
  }
  const width = Math.min(60, Math.max(...found.map(([leaf]) => leaf.length)));
  return success(
    `${kind}\n${found.map(([leaf, one]) => `  ${leaf.padEnd(width)}  ${fieldSupportText(known, one)}\n`).join('')}`,
  );
}

/** Without `[]`, `[0]`, `["key"]`: `spec.ports[].name` and `spec.ports.name` are one field. */
const plainPath = (path: string): string =>
  path.replace(/\["?([^[\]"]*)"?\]/g, (_, key: string) => (/^\d*$/.test(key) ? '' : `.${key}`));

/** True if the field is the leaf, contains it, or is a key of its map. */
function covers(leaf: string, field: string): boolean {
  const leaves = leaf.split('.');
  return field
    .split('.')
    .every(
      (part, i) => leaves[i] === part || leaves[i] === '*' || (leaves[leaves.length - 1] === '*' && i >= leaves.length),
    );
}

const pathPrefixes = (leaf: string): string[] => leaf.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'));

function fieldSupportText({ catalog }: ExplainTables, one: FieldSupport): string {
  const title = (code: string) => `${catalog[code]?.title ?? ''} (${code})`;
  if ('mapped' in one) return `honoured: ${one.mapped}`;
  if ('refused' in one) return `refused: ${one.hint ?? title(one.refused)}${one.hint ? ` (${one.refused})` : ''}`;
  if ('warned' in one) return `warning: ${one.hint ?? title(one.warned)}${one.hint ? ` (${one.warned})` : ''}`;
  return `no meaning outside a cluster: ${one.meaningless}`;
}
