// `i2kit completion`: the script that a shell loads, and (hidden) the words that it then asks for.
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { scripts } from '../help/shells.ts';
import { suggestions } from '../help/suggest.ts';

export const completion: Command = {
  usage: 'completion bash|zsh|fish',
  summary: 'Print the script that completes commands and flags in a shell',
  description:
    'bash: source <(i2kit completion bash), in ~/.bashrc\n' +
    'zsh:  source <(i2kit completion zsh), in ~/.zshrc after compinit\n' +
    'fish: i2kit completion fish | source, in ~/.config/fish/config.fish',
  flags: [],
  operands: { least: 1, most: 1, choices: Object.keys(scripts) },
  examples: [['completion bash > /etc/bash_completion.d/i2kit', 'For every user']],
  async run({ io, operands: [shell = ''] }) {
    io.stdout.write(scripts[shell as keyof typeof scripts]);
    return exit.fine;
  },
};

/** `i2kit __complete WORD…`: what can follow, one a line, with a tab and what it means; the last word is being typed. */
export function complete(words: readonly string[], commands: Readonly<Record<string, Command>>): string {
  return suggestions(words, commands)
    .map(({ word, what }) => `${word}\t${what}\n`)
    .join('');
}
