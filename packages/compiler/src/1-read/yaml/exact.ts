// The exact reader: the `yaml` package's nodes with offsets, resolved aliases and merge keys, and their values as Kubernetes reads them.

import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type ParsedNode,
  Parser,
  Scalar,
  type Scalar as ScalarNode,
  type YAMLMap,
} from 'yaml';
import { MAX_ALIASED_NODES, MAX_DEPTH, MAX_TOKENS } from '../limits.ts';
import { syntaxProblem, YamlProblem } from './errors.ts';
import {
  floatKey,
  plainKey,
  plainScalar,
  TAG_PREFIX,
  taggedScalar,
  unknownTag,
  type ScalarValue as Value,
} from './scalars.ts';

/** The node of each alias: the last node before it that has the anchor. */
export type Aliases = ReadonlyMap<Alias, ParsedNode>;

/** Throws a Problem if there is no such anchor, or if it encloses the alias. */
export function resolveAliases(root: ParsedNode | null): Aliases {
  const aliases = new Map<Alias, ParsedNode>();
  const anchors = new Map<string, ParsedNode>();
  const around = new Set<ParsedNode>();

  const visit = (node: ParsedNode | null): void => {
    if (node === null) return;
    if (isAlias(node)) {
      const offset = node.range[0];
      const target = anchors.get(node.source);
      if (!target)
        throw new YamlProblem(
          'I2K108',
          `there is no anchor &${node.source} before this alias`,
          offset,
          'A text that begins with a star needs quotes.',
        );
      if (around.has(target))
        throw new YamlProblem('I2K108', `the alias *${node.source} is inside the node that it stands for`, offset);
      aliases.set(node, target);
      return;
    }
    if (node.anchor) anchors.set(node.anchor, node);
    around.add(node);
    if (isSeq(node)) for (const item of node.items) visit(item as ParsedNode | null);
    if (isMap(node)) {
      for (const pair of node.items) {
        visit(pair.key as ParsedNode);
        visit(pair.value as ParsedNode | null);
      }
    }
    around.delete(node);
  };

  visit(root);
  return aliases;
}

/** A document's nodes. The `range` of each holds offsets into the document's text. */
export interface NodeTree {
  /** null if the document is empty. */
  readonly root: ParsedNode | null;
  /** The target of each alias. */
  readonly aliases: Aliases;
  /** The text's length if its last line has content and no line feed. */
  readonly unterminatedLength?: number;
}

/** Scalars stay texts: scalars.ts interprets them. Duplicate keys are found below, in linear time. */
const COMPOSER_OPTIONS = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/**
 * The exact reader: a document as nodes with offsets, by the `yaml` package. Eight times slower than js-yaml. Reads
 * the text of one document. Throws a Problem at the first error.
 */
export function readTree(text: string): NodeTree {
  const documents = [
    ...new Composer(COMPOSER_OPTIONS).compose(lexTokens(text), true, text.length),
  ] as Document.Parsed[];
  const document = documents[0];
  if (document === undefined) return { root: null, aliases: new Map() };
  const errors = documents.flatMap((each) => each.errors).sort((a, b) => a.pos[0] - b.pos[0]);
  if (errors[0]) throw syntaxProblem(errors[0], text);
  const { explicit, version } = document.directives?.yaml ?? {};
  if (explicit && version !== '1.1') {
    throw new YamlProblem(
      'I2K101',
      `Kubernetes reads YAML 1.1, but this document declares version ${version}`,
      0,
      'Remove the %YAML line.',
    );
  }
  const aliases = resolveAliases(document.contents);
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  return { root: document.contents, aliases, ...(lastLine.trim() !== '' && { unterminatedLength: text.length }) };
}

/** The lexer and the parser are not recursive, so depth is checked before the recursive composer runs. */
function lexTokens(text: string): CST.Token[] {
  const parser = new Parser();
  const all: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) all.push(token);
    if (parser.stack.length > MAX_DEPTH + 2) throw nestingProblem(parser.offset);
    count += 1;
    if (count > MAX_TOKENS)
      throw new YamlProblem(
        'I2K125',
        'the document is too long for its content (anchors, tags, tabs or an error)',
        0,
        'split it',
      );
  }
  for (const token of parser.end()) all.push(token);
  return all;
}

export function nestingProblem(offset: number): YamlProblem {
  return new YamlProblem('I2K123', `the document is nested deeper than ${MAX_DEPTH} levels`, offset);
}

/**
 * The merge key `<<` (yaml.org/type/merge.html), which Kubernetes' reader supports. A quoted "<<" is an ordinary
 * key.
 */
export function isMergeKey(key: ParsedNode): boolean {
  if (!isScalar(key) || key.source !== '<<') return false;
  return key.tag === undefined ? key.type === Scalar.PLAIN : key.tag === `${TAG_PREFIX}merge`;
}

/** The mappings of a merge key's value, the strongest first. Throws a Problem for any other value. */
export function mergedMaps(value: ParsedNode | null, aliases: Aliases, offset: number): YAMLMap.Parsed[] {
  const target = value !== null && isAlias(value) ? aliases.get(value) : value;
  // Kubernetes accepts a literal list of mappings, but no alias of one.
  const nodes = isSeq(value) ? (value.items as (ParsedNode | null)[]) : [target ?? null];
  return nodes.map((node) => {
    const map = node !== null && isAlias(node) ? aliases.get(node) : node;
    if (!isMap(map))
      throw new YamlProblem('I2K110', 'only mappings can be merged: <<: *name, or <<: [*one, *two]', offset);
    return map as YAMLMap.Parsed;
  });
}

function isPlainScalar(node: Scalar.Parsed): boolean {
  return node.type === Scalar.PLAIN && node.tag === undefined;
}

/**
 * Reads one scalar as a value, or as a key.
 * @param length of the document's text if it has no line feed at its end, so that a block scalar there has none either
 */
export function scalarValue(node: Scalar.Parsed, length?: number): Value {
  const [offset, end] = node.range;
  const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  const text = isBlock && end === length ? node.source.replace(/\n$/, '') : node.source;
  const value = isPlainScalar(node)
    ? plainScalar(text)
    : node.tag === undefined
      ? text
      : taggedScalar(node.tag, text, offset);
  if (value === undefined) throw numberProblem(offset);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new YamlProblem('I2K107', 'neither JSON nor Kubernetes has such a number', offset);
  if (typeof value === 'string') requireValidText(value, offset);
  return value;
}

/** Kubernetes turns keys into strings. Throws a Problem if a key cannot be a string. */
export function keyText(key: ParsedNode, aliases: Aliases): string {
  const node = isAlias(key) ? aliases.get(key) : key;
  const [offset] = key.range;
  if (!isScalar(node))
    throw new YamlProblem(
      'I2K109',
      'a key must be a string, not a mapping or a list',
      offset,
      'Render a template with {{ }} first (`helm template … | i2kit synth -f -`), or quote the value.',
    );
  if (isPlainScalar(node as Scalar.Parsed)) {
    const text = plainKey((node as Scalar.Parsed).source);
    if (text !== undefined) return text;
    if (plainScalar((node as Scalar.Parsed).source) === undefined) throw numberProblem(offset);
  }
  const value = scalarValue(node as Scalar.Parsed);
  if (value === null) throw new YamlProblem('I2K109', 'a key cannot be null', offset, 'Quote it.');
  return typeof value === 'number' && !Number.isInteger(value) ? floatKey(value) : String(value);
}

function numberProblem(offset: number): YamlProblem {
  return new YamlProblem(
    'I2K105',
    'a whole number over 2^53 loses its last digits',
    offset,
    'Quote it, if a string is allowed there.',
  );
}

/** An escape can write characters that the text itself may not contain. */
function requireValidText(value: string, offset: number): void {
  if (value.includes('\0')) throw new YamlProblem('I2K106', 'no program accepts a NUL character', offset);
  if (/\p{Surrogate}/u.test(value))
    throw new YamlProblem('I2K106', 'half of a surrogate pair is not a character', offset);
}

/**
 * Converts a document's nodes into the values that Kubernetes reads. Throws a Problem if Kubernetes would refuse a
 * value, a key or a tag, or at a limit.
 */
export function valueOfTree({ root, aliases, unterminatedLength: unended }: NodeTree): unknown {
  let expanded = 0;
  /** The written alias or merge key being expanded. */
  let from = 0;
  const count = (): void => {
    expanded += 1;
    if (expanded > MAX_ALIASED_NODES)
      throw new YamlProblem('I2K124', `aliases expand to more than ${MAX_ALIASED_NODES} nodes in this document`, from);
  };

  const value = (node: ParsedNode | null, depth: number, copy: boolean): unknown => {
    if (node === null) return null;
    const offset = node.range[0];
    if (copy) count();
    if (depth > MAX_DEPTH) throw nestingProblem(offset);
    if (isAlias(node)) {
      if (!copy) from = offset;
      return value(aliases.get(node) ?? null, depth, true);
    }
    if (isScalar(node)) return scalarValue(node as ScalarNode.Parsed, unended);
    requireCollectionTag(node, isMap(node) ? 'map' : 'seq');
    if (isMap(node)) return mapping(node as YAMLMap.Parsed, depth, copy);
    return isSeq(node) ? node.items.map((item) => value(item as ParsedNode | null, depth + 1, copy)) : null;
  };

  const mapping = (node: YAMLMap.Parsed, depth: number, copy: boolean): Record<string, unknown> => {
    const result: Record<string, unknown> = {};
    const ownKeys = new Set<string>();
    const merged = new Set<string>();
    let merges = 0;
    for (const pair of node.items) {
      const offset = pair.key.range[0];
      if (isMergeKey(pair.key)) {
        merges += 1;
        if (merges > 1)
          throw new YamlProblem('I2K102', 'the key << occurs twice', offset, 'Merge a list: <<: [*one, *two].');
        if (!copy) from = offset;
        for (const source of mergedMaps(pair.value, aliases, offset)) {
          count();
          for (const [key, each] of Object.entries(mapping(source, depth, true))) {
            if (ownKeys.has(key)) throw lateMergeProblem(key, offset);
            if (!merged.has(key)) setKey(result, key, each);
            merged.add(key);
          }
        }
        continue;
      }
      const key = keyText(pair.key, aliases);
      if (ownKeys.has(key))
        throw new YamlProblem(
          'I2K102',
          `the key ${JSON.stringify(key)} occurs twice in one mapping`,
          offset,
          'Remove one of them.',
        );
      ownKeys.add(key);
      setKey(result, key, value(pair.value, depth + 1, copy));
    }
    return result;
  };

  return value(root, 1, false);
}

/** `__proto__` is an ordinary key. */
function setKey(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
}

function requireCollectionTag(node: ParsedNode, type: 'map' | 'seq'): void {
  const { tag } = node;
  if (tag !== undefined && tag !== TAG_PREFIX + type && tag !== '!') throw unknownTag(tag, node.range[0]);
}

/** In YAML the written key wins wherever it stands; in Kubernetes the later of the two. */
function lateMergeProblem(key: string, offset: number): YamlProblem {
  const message = `the merge adds the key ${JSON.stringify(key)}, which already occurs before it`;
  return new YamlProblem(
    'I2K110',
    message,
    offset,
    'Put << first, so that the written key wins for every reader of YAML.',
  );
}
