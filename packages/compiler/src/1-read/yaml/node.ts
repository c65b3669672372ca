// One scalar of the exact reader: what it is as a value, and as a key.
import { isAlias, isScalar, type ParsedNode, Scalar } from 'yaml';
import type { Aliases } from './aliases.ts';
import { floatKey, plainKey } from './key.ts';
import { Problem } from './problem.ts';
import { plainScalar, type Scalar as Value } from './scalar.ts';
import { taggedScalar } from './tagged.ts';

function isPlain(node: Scalar.Parsed): boolean {
  return node.type === Scalar.PLAIN && node.tag === undefined;
}

/** @param length of the document's text where that has no line feed at its end, so that a block scalar there has none either */
export function scalarOf(node: Scalar.Parsed, length?: number): Value {
  const [offset, end] = node.range;
  const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  const text = isBlock && end === length ? node.source.replace(/\n$/, '') : node.source;
  const value = isPlain(node) ? plainScalar(text) : node.tag === undefined ? text : taggedScalar(node.tag, text, offset);
  if (value === undefined) throw tooLarge(offset);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Problem('I2K107', 'neither JSON nor Kubernetes has such a number', offset);
  if (typeof value === 'string') requireText(value, offset);
  return value;
}

/** Keys are strings once Kubernetes has read them. Throws a Problem where one cannot be. */
export function keyOf(key: ParsedNode, aliases: Aliases): string {
  const node = isAlias(key) ? aliases.get(key) : key;
  const [offset] = key.range;
  if (!isScalar(node))
    throw new Problem(
      'I2K109',
      'a key has to be a string, not a mapping or a list',
      offset,
      'render a template with {{ }} first (helm template … | i2kit synth -f -), or put the value into quotes',
    );
  if (isPlain(node as Scalar.Parsed)) {
    const text = plainKey((node as Scalar.Parsed).source);
    if (text !== undefined) return text;
    if (plainScalar((node as Scalar.Parsed).source) === undefined) throw tooLarge(offset);
  }
  const value = scalarOf(node as Scalar.Parsed);
  if (value === null) throw new Problem('I2K109', 'a key cannot be null', offset, 'put it into quotes');
  return typeof value === 'number' && !Number.isInteger(value) ? floatKey(value) : String(value);
}

function tooLarge(offset: number): Problem {
  return new Problem(
    'I2K105',
    'a whole number over 2^53 loses its last digits on the way',
    offset,
    'put it into quotes, where a string will do',
  );
}

/** An escape can write what the text itself may not hold. */
function requireText(value: string, offset: number): void {
  if (value.includes('\0')) throw new Problem('I2K106', 'no program can be given a NUL character', offset);
  if (/\p{Surrogate}/u.test(value)) throw new Problem('I2K106', 'half of a surrogate pair is no character', offset);
}
