// Collects every regular expression of the shipped sources from their syntax trees, and the patterns of JSON schemas.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, transformSync } from '@swc/core';

export interface Expression {
  /** File and line. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

export interface Expressions {
  readonly found: readonly Expression[];
  /** Places of `RegExp(…)` whose text is known only at run time. */
  readonly composed: readonly string[];
}

interface Node {
  readonly type: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly [key: string]: unknown;
}

const root = new URL('../..', import.meta.url).pathname;
const patterns = ['packages/*/src/*.ts', 'packages/cli/bin/*.js', 'packages/action/src/*.ts'];
const schemas = [
  'packages/cli/schema/*.json',
  'packages/compiler/contract/*.schema.json',
  'packages/compiler/schema/*.json',
];

const tracked = (globs: readonly string[]): readonly string[] =>
  execFileSync('git', ['ls-files', ...globs], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

export function collectExpressions(): Expressions {
  const found: Expression[] = [];
  const composed: string[] = [];
  for (const file of tracked(patterns)) {
    const inFile = expressionsIn(readFileSync(join(root, file), 'utf8'), file);
    found.push(...inFile.found);
    composed.push(...inFile.composed);
  }
  for (const file of tracked(schemas))
    found.push(...schemaPatterns(JSON.parse(readFileSync(join(root, file), 'utf8')), file));
  return { found, composed };
}

export function expressionsIn(text: string, file: string): Expressions {
  // The first statement tells where the parser, which counts bytes over all its calls, begins to count.
  const bytes = Buffer.from(`;${text.replace(/^#!/, '//')}`);
  const tree = parseSync(bytes.toString(), { syntax: 'typescript', target: 'es2022' }) as unknown as {
    readonly body: readonly [Node, ...Node[]];
  };
  const base = tree.body[0].span.start;
  const textOf = ({ span }: Node): string => bytes.subarray(span.start - base, span.end - base).toString();
  const placeOf = ({ span }: Node): string =>
    `${file}:${
      bytes
        .subarray(0, span.start - base)
        .toString()
        .split('\n').length
    }`;
  const nodes = [...walk(tree)];
  const constants = new Map<string, Node>();
  for (const node of nodes) {
    const { id, init } = node as Node & { readonly id?: { readonly value?: string }; readonly init?: Node | null };
    if (node.type === 'VariableDeclarator' && id?.value !== undefined && init) constants.set(id.value, init);
  }
  const found: Expression[] = [];
  const composed: string[] = [];
  for (const node of nodes) {
    if (node.type === 'RegExpLiteral')
      found.push({ place: placeOf(node), source: String(node['pattern']), flags: String(node['flags']) });
    const callee = node['callee'] as { readonly value?: string } | undefined;
    if ((node.type === 'NewExpression' || node.type === 'CallExpression') && callee?.value === 'RegExp') {
      const value = evaluate(textOf(node), node, constants, textOf);
      if (value) found.push({ place: placeOf(node), source: value.source, flags: value.flags });
      else composed.push(placeOf(node));
    }
  }
  return { found, composed };
}

/** Undefined if the text depends on anything but the file's own constants. */
function evaluate(
  text: string,
  node: Node,
  constants: ReadonlyMap<string, Node>,
  textOf: (node: Node) => string,
): RegExp | undefined {
  const needed = new Map<string, string>();
  const visit = (from: Node): void => {
    for (const { type, value } of walk(from)) {
      const constant = type === 'Identifier' && typeof value === 'string' ? constants.get(value) : undefined;
      if (constant === undefined || needed.has(String(value))) continue;
      needed.set(String(value), '');
      visit(constant);
      // Behind those that it refers to.
      needed.delete(String(value));
      needed.set(String(value), `const ${value} = ${textOf(constant)};`);
    }
  };
  visit(node);
  try {
    const { code } = transformSync(`${[...needed.values()].join('\n')}\nresult = ${text};`, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      isModule: false,
    });
    const value: unknown = new Function(`let result; ${code}; return result;`)();
    // An expression of this realm or of the tests' own.
    return Object.prototype.toString.call(value) === '[object RegExp]' ? (value as RegExp) : undefined;
  } catch {
    return undefined;
  }
}

function* walk(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && typeof (value as Node).type === 'string') yield value as Node;
  for (const each of Object.values(value)) yield* walk(each);
}

/** Validators compile the patterns with the flag `u`. */
function schemaPatterns(schema: unknown, file: string): readonly Expression[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const own =
      key === 'pattern' && typeof value === 'string'
        ? [value]
        : key === 'patternProperties' && typeof value === 'object'
          ? Object.keys(value ?? {})
          : [];
    return [...own.map((source) => ({ place: file, source, flags: 'u' })), ...schemaPatterns(value, file)];
  });
}
