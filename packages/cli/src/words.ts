// Brings the words of a command line into the forms that the parser understands, so that habits of kubectl work.
import { type Flag, flag, flagNames, isFlag } from './flags.ts';

const byShort = new Map(flagNames.flatMap((name) => (flag(name).short ? [[flag(name).short, flag(name)]] : [])) as [string, Flag][]);

/**
 * `-ojson` becomes `-o=json`, and a lone `-` after a flag that wants a value becomes that value (`-f -`), which
 * yargs-parser would take for an operand. Nothing after `--` is touched.
 */
export function normalised(words: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '--') return [...out, ...words.slice(i)];
    if (!/^--?[^-]/.test(word)) {
      out.push(word);
    } else if (wantsValue(word) && words[i + 1] === '-') {
      out.push(`${word}=-`);
      i++;
    } else {
      out.push(attached(word));
    }
  }
  return out;
}

/** True for a flag that takes a value and does not carry it. */
export function wantsValue(word: string): boolean {
  const long = word.startsWith('--') ? word.slice(2) : '';
  const found = isFlag(long) ? flag(long) : word.length === 2 ? byShort.get(word.slice(1)) : undefined;
  return found !== undefined && found.type !== 'boolean';
}

function attached(word: string): string {
  if (word.startsWith('--') || word.length < 3 || word[2] === '=') return word;
  return wantsValue(word.slice(0, 2)) ? `${word.slice(0, 2)}=${word.slice(2)}` : word;
}
