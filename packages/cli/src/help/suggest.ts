// What can follow the words on a command line, from the tables of commands and flags.
import type { Command, Commands } from '../context.ts';
import { everywhere, type FlagName, flag, flagNames } from '../flags.ts';
import { wantsValue } from '../words.ts';

export interface Suggestion {
  readonly word: string;
  readonly what: string;
}

/** The last word is the one being typed, and may be empty. No suggestion: the shell offers files. */
export function suggestions(words: readonly string[], commands: Commands): Suggestion[] {
  const typed = words[words.length - 1] ?? '';
  const before = words.slice(0, -1);
  const last = before[before.length - 1] ?? '';
  const operands = before.filter((word, i) => !word.startsWith('-') && !wantsValue(before[i - 1] ?? ''));
  const name = Object.keys(commands).find((one) => one.split(' ').every((part, i) => operands[i] === part));
  const command = name === undefined ? undefined : commands[name];
  const all = wantsValue(last)
    ? values(last, command)
    : typed.startsWith('-')
      ? flagsOf(command, before)
      : next(commands, command, operands, name);
  return all.filter(({ word }) => word.startsWith(typed));
}

function values(word: string, command: Command | undefined): Suggestion[] {
  if (word !== '-o' && word !== '--output') return [];
  return (command?.outputs ?? []).map((one) => ({ word: one, what: 'format' }));
}

function flagsOf(command: Command | undefined, before: readonly string[]): Suggestion[] {
  const taken: readonly FlagName[] = [...(command?.flags ?? []), ...everywhere];
  return flagNames
    .filter((name) => taken.includes(name) && (flag(name).type === 'list' || !before.includes(`--${name}`)))
    .map((name) => ({ word: `--${name}`, what: flag(name).describe }));
}

function next(commands: Commands, command: Command | undefined, operands: readonly string[], name = ''): Suggestion[] {
  if (command) {
    const given = operands.length - name.split(' ').length;
    const choices = name === 'help' ? Object.keys(commands) : (command.operands?.choices ?? []);
    return given < (command.operands?.most ?? 0) ? choices.map((word) => ({ word, what: '' })) : [];
  }
  const found = new Map<string, string>();
  for (const [full, { summary }] of Object.entries(commands)) {
    const parts = full.split(' ');
    const word = parts[operands.length];
    if (word !== undefined && operands.every((operand, i) => parts[i] === operand)) found.set(word, summary);
  }
  return [...found].map(([word, what]) => ({ word, what }));
}
