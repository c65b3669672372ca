// `i2kit completion`: prints the completion script of a shell, and (hidden) the suggestions that the script requests.

import { needsValue } from '../argv.ts';
import type { Command, Commands } from '../context.ts';
import { exit } from '../exit.ts';
import { type FlagName, flagNames, flagOf, globalFlags } from '../flags.ts';

const bashScript = `# i2kit completion for bash
_i2kit() {
  local word words
  words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    [[ -n $word ]] && COMPREPLY+=("$word")
  done < <(i2kit __complete "\${words[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F _i2kit i2kit
`;

const zshScript = `#compdef i2kit
# i2kit completion for zsh
_i2kit() {
  local -a found
  local word what
  while IFS=$'\\t' read -r word what; do
    [[ -n $word ]] && found+=("\${word//:/\\\\:}:$what")
  done < <(i2kit __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe i2kit found; else _files; fi
}
if [[ $funcstack[1] == _i2kit ]]; then _i2kit; else compdef _i2kit i2kit; fi
`;

const fishScript = `# i2kit completion for fish
function __i2kit_complete
  set -l words (commandline -opc) (commandline -ct)
  i2kit __complete $words[2..-1] 2>/dev/null
end
complete -c i2kit -f -n 'test -n "$(__i2kit_complete)"' -a '(__i2kit_complete)'
`;

export const completionScripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export const completion: Command = {
  usage: 'completion bash|zsh|fish',
  summary: 'Print the completion script of a shell',
  description:
    'bash: source <(i2kit completion bash), in ~/.bashrc\n' +
    'zsh:  source <(i2kit completion zsh), in ~/.zshrc after compinit\n' +
    'fish: i2kit completion fish | source, in ~/.config/fish/config.fish',
  flags: [],
  operands: { least: 1, most: 1, choices: Object.keys(completionScripts) },
  examples: [['completion bash > /etc/bash_completion.d/i2kit', 'For all users']],
  async run({ io, operands: [shell = ''] }) {
    io.stdout.write(completionScripts[shell as keyof typeof completionScripts]);
    return exit.fine;
  },
};

/**
 * `i2kit __complete WORD…`: prints the suggestions, one per line, each with a tab and its meaning; the last word is being typed.
 */
export function completionLines(words: readonly string[], commands: Readonly<Record<string, Command>>): string {
  return suggestionsFor(words, commands)
    .map(({ word, what }) => `${word}\t${what}\n`)
    .join('');
}

/** Suggestions for a command line, from the tables of commands and flags. */
export interface Suggestion {
  readonly word: string;
  readonly what: string;
}

/** The last word is being typed, and may be empty. Without a suggestion the shell offers files. */
export function suggestionsFor(words: readonly string[], commands: Commands): Suggestion[] {
  const typed = words[words.length - 1] ?? '';
  const before = words.slice(0, -1);
  const last = before[before.length - 1] ?? '';
  const operands = before.filter((word, i) => !word.startsWith('-') && !needsValue(before[i - 1] ?? ''));
  const name = Object.keys(commands).find((one) => one.split(' ').every((part, i) => operands[i] === part));
  const command = name === undefined ? undefined : commands[name];
  const all = needsValue(last)
    ? valueSuggestions(last, command)
    : typed.startsWith('-')
      ? flagSuggestions(command, before)
      : operandSuggestions(commands, command, operands, name);
  return all.filter(({ word }) => word.startsWith(typed));
}

function valueSuggestions(word: string, command: Command | undefined): Suggestion[] {
  if (word !== '-o' && word !== '--output') return [];
  return (command?.outputFormats ?? []).map((one) => ({ word: one, what: 'format' }));
}

function flagSuggestions(command: Command | undefined, before: readonly string[]): Suggestion[] {
  const taken: readonly FlagName[] = [...(command?.flags ?? []), ...globalFlags];
  return flagNames
    .filter((name) => taken.includes(name) && (flagOf(name).type === 'list' || !before.includes(`--${name}`)))
    .map((name) => ({ word: `--${name}`, what: flagOf(name).describe }));
}

function operandSuggestions(
  commands: Commands,
  command: Command | undefined,
  operands: readonly string[],
  name = '',
): Suggestion[] {
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

// The completion script of each shell; all call `i2kit __complete`, and fall back to files.
