// Parses the command line: normalises kubectl-style spellings, then splits flags from operands with yargs-parser.

import { escapeInvisible, type Problem } from '@i2kit/common';
import parser from 'yargs-parser';
import { didYouMean } from './didYouMean.ts';
import { type Flag, type FlagName, flagNames, flagOf, isFlag, type Values } from './flags.ts';

const flagByShortName = new Map(
  flagNames.flatMap((name) => (flagOf(name).short ? [[flagOf(name).short, flagOf(name)]] : [])) as [string, Flag][],
);

/**
 * `-ojson` becomes `-o=json`, and a lone `-` after a flag that wants a value becomes that value (`-f -`), which
 * yargs-parser would take for an operand. Nothing after `--` is touched.
 */
export function normalizedArgv(words: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '--') return [...out, ...words.slice(i)];
    if (!/^--?[^-]/.test(word)) {
      out.push(word);
    } else if (needsValue(word) && words[i + 1] === '-') {
      out.push(`${word}=-`);
      i++;
    } else {
      out.push(withAttachedValue(word));
    }
  }
  return out;
}

/** True for a flag that takes a value and does not carry it. */
export function needsValue(word: string): boolean {
  const long = word.startsWith('--') ? word.slice(2) : '';
  const found = isFlag(long) ? flagOf(long) : word.length === 2 ? flagByShortName.get(word.slice(1)) : undefined;
  return found !== undefined && found.type !== 'boolean';
}

function withAttachedValue(word: string): string {
  if (word.startsWith('--') || word.length < 3 || word[2] === '=') return word;
  return needsValue(word.slice(0, 2)) ? `${word.slice(0, 2)}=${word.slice(2)}` : word;
}

export interface ParsedArgv {
  readonly values: Values;
  readonly operands: readonly string[];
  /** Usage errors; the first one is reported. */
  readonly problems: readonly Problem[];
}

const flagsOfType = (type: 'boolean' | 'string' | 'list') => flagNames.filter((name) => flagOf(name).type === type);
const valueFlags = [...flagsOfType('string'), ...flagsOfType('list')];

const parserOptions = {
  boolean: flagsOfType('boolean'),
  string: valueFlags,
  array: flagsOfType('list'),
  alias: Object.fromEntries(
    flagNames.flatMap((name) => (flagOf(name).short ? [[name, flagOf(name).short as string]] : [])),
  ),
  narg: Object.fromEntries(valueFlags.map((name) => [name, 1])),
  configuration: {
    'camel-case-expansion': false,
    'dot-notation': false,
    'greedy-arrays': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
    'strip-aliased': true,
  },
};

export function parseArgv(argv: readonly string[]): ParsedArgv {
  const words = normalizedArgv(argv);
  const { argv: found, error } = parser.detailed(words, parserOptions);
  const values: Partial<Record<FlagName, boolean | string | readonly string[]>> = {};
  const problems: Problem[] = error
    ? [{ message: `${missingValueFlag(error.message)} needs a value.` }]
    : words.flatMap(booleanValueProblems);
  for (const [key, value] of Object.entries(found)) {
    if (key === '_') continue;
    if (!isFlag(key)) {
      problems.push({ message: unknownFlagMessage(key, words) });
      continue;
    }
    // The last of several values counts, as in kubectl.
    const last = flagOf(key).type !== 'list' && Array.isArray(value) ? value[value.length - 1] : value;
    const parts: unknown[] = flagOf(key).type === 'list' ? [last].flat() : [last];
    if (flagOf(key).type !== 'boolean' && parts.some((part) => typeof part !== 'string' || part === '')) {
      problems.push({ message: `--${key} needs a value.` });
    }
    values[key] = flagOf(key).type === 'list' ? (parts as string[]) : last;
  }
  return { values: values as Values, operands: found._.map(String), problems };
}

/** yargs-parser reads `--quiet=yes` as false. */
function booleanValueProblems(word: string): readonly Problem[] {
  const [, key = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
  if (!isFlag(key) || flagOf(key).type !== 'boolean' || value === 'true' || value === 'false') return [];
  return [{ message: `--${key} takes no value.` }];
}

/** The flag in yargs-parser's `Not enough arguments following: f`, as the user would write it. */
function missingValueFlag(message: string): string {
  const key = message.split('following: ')[1] ?? '';
  return key.length === 1 ? `-${key}` : `--${key}`;
}

function unknownFlagMessage(key: string, words: readonly string[]): string {
  const long = words.some((word) => [`--${key}`, `--no-${key}`].includes(word.split('=', 1)[0] as string));
  if (!long) return `There is no flag -${escapeInvisible(key)}.`;
  return `There is no flag --${escapeInvisible(key)}.${didYouMean(key, flagNames, (name) => `--${name}`)}`;
}
