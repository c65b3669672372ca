// The table of commands: one file each, one line here.
import type { Command } from '../context.ts';
import { completion } from './completion.ts';
import { envSynth } from './env-synth.ts';
import { explain } from './explain.ts';
import { help } from './help.ts';
import { schema } from './schema.ts';
import { synth } from './synth.ts';
import { validate } from './validate.ts';
import { version } from './version.ts';

/** In the order of help. A name of two words is typed as two. */
export const commands = {
  synth,
  validate,
  explain,
  'env synth': envSynth,
  schema,
  completion,
  version,
  help,
} as const satisfies Readonly<Record<string, Command>>;

export const commandNames = Object.keys(commands) as readonly (keyof typeof commands)[];

/** The command that the first words name. */
export function find(words: readonly string[]): { readonly name: keyof typeof commands; readonly command: Command } | undefined {
  const name = commandNames.find((known) => known.split(' ').every((part, i) => words[i] === part));
  return name && { name, command: commands[name] };
}
