// JSON Patch, RFC 6902, with JSON Pointers, RFC 6901: applies all operations in order, or none.
import { failure, I2kitError, isObject, type Json, type Outcome, type Problem, success } from '@i2kit/common';
import type { PatchOperation } from '../../../options.ts';

export interface PatchProblem extends Problem {
  /** Index of the failed operation, from 0. */
  readonly operation: number;
}

/** The new document; the argument is not changed. */
export function jsonPatch(document: Json, operations: readonly PatchOperation[]): Outcome<Json, PatchProblem> {
  let value = document;
  for (const [operation, each] of operations.entries()) {
    try {
      value = patchedDocument(value, each);
      if (each.op === 'copy') requireModestSize(value);
    } catch (error) {
      if (error instanceof PatchError) return failure({ operation, message: error.message });
      throw error;
    }
  }
  return success(value);
}

class PatchError extends I2kitError<'patch-inapplicable'> {
  override readonly name = 'PatchError';
  constructor(message: string) {
    super('patch-inapplicable', message);
  }
}

/** As many characters as a whole template may have. Copies of copies double a document with each operation. */
const maxCharacters = 1_000_000;

function requireModestSize(document: Json): void {
  const open: Json[] = [document];
  let characters = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    characters += 1 + (typeof value === 'string' ? value.length : 0);
    for (const [key, each] of inner) {
      characters += key.length;
      open.push(each as Json);
    }
    if (characters > maxCharacters) throw new PatchError(`the copies have more than ${maxCharacters} characters`);
  }
}

function patchedDocument(document: Json, { op, path, from, value }: PatchOperation): Json {
  const operand = (): Json => {
    if (value === undefined) throw new PatchError(`${op} needs a value`);
    return value;
  };
  const source = (): string => {
    if (from === undefined) throw new PatchError(`${op} needs from`);
    return from;
  };
  switch (op) {
    case 'add':
      return editedDocument(document, pointerTokens(path), path, 'add', operand());
    case 'remove':
      return editedDocument(document, pointerTokens(path), path, 'remove');
    case 'replace':
      return editedDocument(document, pointerTokens(path), path, 'replace', operand());
    case 'move': {
      if (path.startsWith(`${source()}/`)) throw new PatchError(`${source()} cannot be moved into itself`);
      const moved = valueAt(document, source());
      return editedDocument(
        editedDocument(document, pointerTokens(source()), source(), 'remove'),
        pointerTokens(path),
        path,
        'add',
        moved,
      );
    }
    case 'copy':
      return editedDocument(document, pointerTokens(path), path, 'add', valueAt(document, source()));
    case 'test':
      if (!equalJson(valueAt(document, path), operand()))
        throw new PatchError(`${path} is not ${JSON.stringify(value)}`);
      return document;
  }
}

/** `/a~1b/0` as `['a/b', '0']`. */
function pointerTokens(path: string): string[] {
  if (path !== '' && !path.startsWith('/')) throw new PatchError(`${path} is not a JSON Pointer: it must start with /`);
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

const valueAt = (document: Json, path: string): Json =>
  pointerTokens(path).reduce((value, part) => child(value, part, path), document);

function child(value: Json, part: string, path: string): Json {
  if (Array.isArray(value)) return value[arrayIndex(part, value.length - 1, path)] as Json;
  if (isObject(value) && Object.hasOwn(value, part)) return value[part] as Json;
  throw new PatchError(`${path} does not exist`);
}

function editedDocument(
  value: Json,
  [part, ...rest]: readonly string[],
  path: string,
  how: 'add' | 'remove' | 'replace',
  operand?: Json,
): Json {
  if (part === undefined) {
    if (operand === undefined) throw new PatchError('the whole document cannot be removed');
    return operand;
  }
  const inner = () => editedDocument(child(value, part, path), rest, path, how, operand);
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    if (rest.length > 0) return items.with(arrayIndex(part, items.length - 1, path), inner());
    if (how === 'add')
      return items.toSpliced(part === '-' ? items.length : arrayIndex(part, items.length, path), 0, operand as Json);
    const index = arrayIndex(part, items.length - 1, path);
    return how === 'remove' ? items.toSpliced(index, 1) : items.with(index, operand as Json);
  }
  if (!isObject(value)) throw new PatchError(`${path} does not exist`);
  const entries = new Map(Object.entries(value as { readonly [key: string]: Json }));
  if (rest.length > 0) entries.set(part, inner());
  else if (how === 'add') entries.set(part, operand as Json);
  else {
    child(value, part, path);
    if (how === 'remove') entries.delete(part);
    else entries.set(part, operand as Json);
  }
  return Object.fromEntries(entries);
}

function arrayIndex(part: string, most: number, path: string): number {
  const index = /^(0|[1-9][0-9]*)$/.test(part) ? Number(part) : Number.POSITIVE_INFINITY;
  if (index > most) throw new PatchError(`${path} does not exist`);
  return index;
}

/** Equal as JSON, regardless of the order of keys. */
function equalJson(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equalJson(item, b[index] as Json));
  if (Array.isArray(a) || Array.isArray(b) || !isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key] as Json, b[key] as Json))
  );
}
