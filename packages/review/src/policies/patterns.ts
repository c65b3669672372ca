// Texts of policies as patterns: characters, wildcards, and parts whose values only the stack or a request knows.
import { canonicalJson, isObject, type Json } from '@i2kit/common';
import { valueText } from '../render/format.ts';
import { intrinsic, isList } from '../template.ts';

/** A character, or one of the marked forms: a wildcard, or an opaque part that equals only itself. */
type Token = string;

export interface Pattern {
  readonly tokens: readonly Token[];
  /** As a review shows it. */
  readonly text: string;
}

const anyText: Token = '\0*';
const anyCharacter: Token = '\0?';
const opaque = (name: string): Token => `\0=${name}`;
const isOpaque = (token: Token): boolean => token.startsWith('\0=');

/** Matches every text. */
export const anything: Pattern = { tokens: [anyText], text: '*' };

export interface PatternOptions {
  /** True for actions, which IAM compares without case. */
  readonly ignoresCase?: boolean;
  /** True if `${…}` is a variable of the request: policies of version 2012-10-17. */
  readonly variables?: boolean;
}

/** Expects a text or an intrinsic function. */
export function patternOf(value: Json, { ignoresCase = false, variables = true }: PatternOptions = {}): Pattern {
  const parts: Json[] = [];
  const text = markedText(value, (part) => `\0${parts.push(part) - 1}\0`);
  const plain = (marked: string) =>
    marked.replace(/\0(\d+)\0/g, (_, at: string) => canonicalJson(parts[Number(at)] ?? null));
  const tokens = [...text.matchAll(variables ? partsWithVariables : partsOfText)].map(([found, at]): Token => {
    if (at !== undefined) return opaque(canonicalJson(parts[Number(at)] ?? null));
    if (found === '*') return anyText;
    if (found === '?') return anyCharacter;
    // A variable; or a character beyond 16 bits: nobody says whether `?` is such a character or half of it.
    if (found.length > 1) return opaque(plain(found));
    return ignoresCase ? found.toLowerCase() : found;
  });
  return { tokens, text: valueText(value) };
}

const partsOfText = /\0(\d+)\0|[\s\S]/gu;
const partsWithVariables = /\0(\d+)\0|\$\{[^${}]*\}|[\s\S]/gu;

/** A pattern that equals only itself, whatever its characters. */
export const exactly = (value: Json, name: string = canonicalJson(value)): Pattern => ({
  tokens: [opaque(name)],
  text: valueText(value),
});

/** The text of a value, with a zero character for each part whose value is unknown. */
export const literalText = (value: Json): string => markedText(value, () => '\0');

/** The text of a value, with a mark for each part whose value is unknown. */
function markedText(value: Json, mark: (part: Json) => string): string {
  const literal = (text: string) => (text.includes('\0') ? mark(text) : text);
  if (typeof value === 'string') return literal(value);
  if (!isObject(value) && !isList(value)) return String(value);
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Fn::Join' && isList(argument)) {
    const [separator, parts] = argument;
    if (argument.length === 2 && typeof separator === 'string' && isList(parts) && !parts.some(isList))
      return parts.map((part) => markedText(part, mark)).join(literal(separator));
  }
  if (name === 'Fn::Sub') {
    const [text, names = {}] = isList(argument) ? argument : [argument];
    if (typeof text === 'string' && !text.includes('\0') && isObject(names) && !intrinsic(names))
      return substituted(text, names, mark);
  }
  return mark(value);
}

const substituted = (text: string, names: { readonly [name: string]: Json }, mark: (part: Json) => string): string =>
  text.replace(/\$\{([^${}]*)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(names, name)) return markedText(names[name] ?? null, mark);
    const [id = '', attribute] = name.split(/\.(.*)/);
    return mark(attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] });
  });

/** True if every text of the narrow pattern is one of the wide pattern. False if that is not certain. */
export function patternCovers({ tokens: wide }: Pattern, { tokens: narrow }: Pattern): boolean {
  let [at, to, star, resume] = [0, 0, -1, 0];
  while (to < narrow.length) {
    const token = wide[at];
    if (token === anyText) {
      star = at++;
      resume = to;
    } else if (token !== undefined && isWithin(token, narrow[to] ?? '')) {
      at++;
      to++;
    } else if (star >= 0) {
      at = star + 1;
      to = ++resume;
    } else return false;
  }
  while (wide[at] === anyText) at++;
  return at === wide.length;
}

const isWithin = (wide: Token, narrow: Token): boolean =>
  wide === narrow || (wide === anyCharacter && narrow !== anyText && !isOpaque(narrow));

/** True if no text is one of both patterns. False if that is not certain. */
export const areDisjoint = (a: Pattern, b: Pattern): boolean =>
  (isPlain(a) && !b.tokens.some(isOpaque) && !patternCovers(b, a)) ||
  (isPlain(b) && !a.tokens.some(isOpaque) && !patternCovers(a, b));

const isPlain = ({ tokens }: Pattern): boolean => tokens.every((token) => !token.startsWith('\0'));
