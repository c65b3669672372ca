// A table by path pattern (`spec.ports[].port`, `metadata.labels.*`), laid out so that one walk of an object meets all of it.
import type { Path } from '../diagnostic.ts';

export interface Node<T> {
  /** What the table says of this very path. */
  readonly entry?: T;
  readonly fields?: Readonly<Record<string, Node<T>>>;
  /** Of a list: each item. */
  readonly items?: Node<T>;
  /** Of a map whose keys the user chooses: each value. */
  readonly values?: Node<T>;
}

export function trieOf<T>(table: Readonly<Record<string, T>>): Node<T> {
  const root: Building<T> = {};
  for (const [pattern, entry] of Object.entries(table)) {
    let node = root;
    for (const step of stepsOf(pattern)) node = descend(node, step);
    node.entry = entry;
  }
  return root;
}

/** A node while its table is laid out. */
interface Building<T> {
  entry?: T;
  fields?: Record<string, Building<T>>;
  items?: Building<T>;
  values?: Building<T>;
}

function stepsOf(pattern: string): readonly string[] {
  return pattern.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));
}

function descend<T>(node: Building<T>, step: string): Building<T> {
  if (step === '[]' || step === '*') {
    const side = step === '*' ? 'values' : 'items';
    const next = node[side] ?? {};
    node[side] = next;
    return next;
  }
  const fields = node.fields ?? {};
  node.fields = fields;
  const next = fields[step] ?? {};
  fields[step] = next;
  return next;
}

/** A field by its name; own ones only, as a key may be called `constructor`. */
const fieldOf = <T>({ fields }: Node<T>, key: string): Node<T> | undefined =>
  fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;

/** What stands below a value of which the table says something, with its path, in the order in which it is written. */
export function childrenOf<T>(node: Node<T>, value: unknown, path: Path): readonly (readonly [Node<T>, unknown, Path])[] {
  const found: (readonly [Node<T>, unknown, Path])[] = [];
  if (Array.isArray(value)) {
    const { items } = node;
    if (items) for (const [index, item] of value.entries()) found.push([items, item, [...path, index]]);
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(record)) {
      const next = fieldOf(node, key) ?? node.values;
      if (next) found.push([next, record[key], [...path, key]]);
    }
  }
  return found;
}

/** Calls `visit` for every value that the table says something of; null is as good as absent. */
export function walk<T>(node: Node<T>, value: unknown, path: Path, visit: (entry: T, value: unknown, path: Path) => void): void {
  if (value === undefined || value === null) return;
  if (node.entry !== undefined) visit(node.entry, value, path);
  for (const [next, item, at] of childrenOf(node, value, path)) walk(next, item, at, visit);
}
