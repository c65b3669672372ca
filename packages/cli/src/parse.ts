// Words in, flags and operands out; the fast path that never loads the whole of yargs.
import parser from 'yargs-parser';
import { type FlagName, flag, flagNames, isFlag, type Values } from './flags.ts';
import { didYouMean } from './nearest.ts';
import { harmless } from './text.ts';
import { normalised } from './words.ts';

export interface Parsed {
  readonly values: Values;
  readonly operands: readonly string[];
  /** The first thing that is wrong with the words, in one sentence. */
  readonly wrong?: string;
}

const named = (type: 'boolean' | 'string' | 'list') => flagNames.filter((name) => flag(name).type === type);
const valued = [...named('string'), ...named('list')];

const options = {
  boolean: named('boolean'),
  string: valued,
  array: named('list'),
  alias: Object.fromEntries(flagNames.flatMap((name) => (flag(name).short ? [[name, flag(name).short as string]] : []))),
  narg: Object.fromEntries(valued.map((name) => [name, 1])),
  configuration: {
    'camel-case-expansion': false,
    'dot-notation': false,
    'greedy-arrays': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
    'strip-aliased': true,
  },
};

export function parse(argv: readonly string[]): Parsed {
  const words = normalised(argv);
  const { argv: found, error } = parser.detailed(words, options);
  const values: Partial<Record<FlagName, boolean | string | readonly string[]>> = {};
  let wrong = error ? `${missing(error.message)} needs a value.` : words.map(switched).find((sentence) => sentence !== undefined);
  for (const [key, value] of Object.entries(found)) {
    if (key === '_') continue;
    if (!isFlag(key)) {
      wrong ??= unknown(key, words);
      continue;
    }
    // Given twice, the last one counts, as in kubectl.
    const last = flag(key).type !== 'list' && Array.isArray(value) ? value[value.length - 1] : value;
    const parts: unknown[] = flag(key).type === 'list' ? [last].flat() : [last];
    if (flag(key).type !== 'boolean' && parts.some((part) => typeof part !== 'string' || part === '')) {
      wrong ??= `--${key} needs a value.`;
    }
    values[key] = flag(key).type === 'list' ? (parts as string[]) : last;
  }
  return { values: values as Values, operands: found._.map(String), ...(wrong !== undefined && { wrong }) };
}

/** yargs-parser takes `--quiet=yes` for false. */
function switched(word: string): string | undefined {
  const [, key = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
  if (!isFlag(key) || flag(key).type !== 'boolean' || value === 'true' || value === 'false') return undefined;
  return `--${key} is either there or not: it takes no value.`;
}

/** The flag of yargs-parser's `Not enough arguments following: f`, as the user would write it. */
function missing(message: string): string {
  const key = /following: (.+)$/.exec(message)?.[1] ?? '';
  return key.length === 1 ? `-${key}` : `--${key}`;
}

function unknown(key: string, words: readonly string[]): string {
  const long = words.some((word) => [`--${key}`, `--no-${key}`].includes(word.split('=', 1)[0] as string));
  if (!long) return `There is no flag -${harmless(key)}.`;
  return `There is no flag --${harmless(key)}.${didYouMean(key, flagNames, (name) => `--${name}`)}`;
}
