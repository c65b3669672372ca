// From words to an exit code: finds the command, runs it, and lets nothing escape.
import type { Aws } from './aws-ports.ts';
import { coloured } from './colour.ts';
import { complete } from './commands/completion.ts';
import { commandNames, commands, find } from './commands/index.ts';
import type { Compiler } from './compiler-ports.ts';
import type { Command } from './context.ts';
import { crashed } from './crash.ts';
import type { Drawing } from './drawing-ports.ts';
import { type Exit, exit } from './exit.ts';
import { everywhere, type FlagName, isFlag } from './flags.ts';
import type { Images } from './image-ports.ts';
import { type Io, systemCode } from './io.ts';
import { didYouMean } from './nearest.ts';
import { type Parsed, parse } from './parse.ts';
import type { Reviewer } from './review-ports.ts';
import { harmless, listed } from './text.ts';
import { wrongUsage } from './usage.ts';

/** Only what calls it waits for it. */
const loadAws = (): Promise<Aws> => import('./aws/index.ts');
const reviewer = (): Promise<Reviewer> => import('./review/index.ts');
const drawing = (): Promise<Drawing> => import('./drawing/index.ts');
const loadImages = (): Promise<Images> => import('./image/index.ts');

export async function main(io: Io, compiler: () => Promise<Compiler>, aws = loadAws, images = loadImages): Promise<Exit> {
  try {
    return await dispatch(io, compiler, aws, images);
  } catch (error) {
    // Nobody reads any more (`| head`): nothing is wrong, and nothing is left to do.
    if (systemCode(error) === 'EPIPE') return exit.fine;
    return crashed(io, error);
  }
}

async function dispatch(io: Io, compiler: () => Promise<Compiler>, aws: () => Promise<Aws>, images: () => Promise<Images>): Promise<Exit> {
  // Before anything else: the words of a completion are not meant for us.
  if (io.argv[0] === '__complete') {
    io.stdout.write(complete(io.argv.slice(1), commands));
    return exit.fine;
  }
  const letters: Command['letters'] = find(io.argv)?.command.letters;
  const parsed = parse(letters ? io.argv.map((word) => long(word, letters)) : io.argv);
  const { values, operands: words } = parsed;
  const found = find(words);
  const context = { io, values, color: coloured(io, values.color), commands, compiler, aws, reviewer, drawing, images };
  // Who asks for help while typing a wrong flag still gets it.
  if (values.help || (words.length === 0 && parsed.wrong === undefined && !values.version)) {
    return commands.help.run({ ...context, operands: words[0] === 'help' && words.length > 1 ? words.slice(1) : words });
  }
  if (values.version && words.length === 0) return commands.version.run({ ...context, operands: [] });
  if (!found) return wrongUsage(io, parsed.wrong && words.length === 0 ? parsed.wrong : noCommand(words));
  const operands = words.slice(found.name.split(' ').length);
  const sentence = misused(found.command, found.name, parsed, operands);
  return sentence === undefined ? found.command.run({ ...context, operands }) : wrongUsage(io, sentence, found.name);
}

/** `-f` is `--follow` where the command says so. */
const long = (word: string, letters: NonNullable<Command['letters']>): string => {
  const meant = /^-[a-zA-Z]$/.test(word) ? letters[word.slice(1)] : undefined;
  return meant === undefined ? word : `--${meant}`;
};

function noCommand(words: readonly string[]): string {
  const [first = '', second] = words;
  const group = commandNames.filter((name) => name.startsWith(`${first} `));
  if (group.length > 0 && second === undefined) return `'${first}' wants one word more: ${listed(group, 'or')}.`;
  const word = group.length > 0 ? `${first} ${second}` : first;
  return `There is no command '${harmless(word)}'.${didYouMean(word, commandNames, (name) => `'${name}'`)}`;
}

/** The first way in which a command's words do not fit it. */
function misused(command: Command, name: string, { values, wrong }: Parsed, operands: readonly string[]): string | undefined {
  if (wrong !== undefined) return wrong;
  const taken: readonly FlagName[] = [...command.flags, ...everywhere];
  const stray = Object.keys(values).find((key) => isFlag(key) && !taken.includes(key));
  if (stray !== undefined) return `'${name}' takes no --${stray}.`;
  const { output } = values;
  if (output !== undefined && command.outputs && !command.outputs.includes(output)) {
    return `-o takes ${listed(command.outputs, 'or')}, not '${harmless(output)}'.${didYouMean(output, command.outputs)}`;
  }
  const { least, most, choices } = command.operands ?? { least: 0, most: 0 };
  const extra = operands[most];
  if (extra !== undefined) {
    const meant = command.flags.includes('filename') ? ` Files are given with -f: -f ${harmless(extra)}` : '';
    return `'${name}' takes ${most === 0 ? 'no such word' : 'one word'}, not also '${harmless(extra)}'.${meant}`;
  }
  if (operands.length < least) return `'${name}' wants a word more: ${choices ? listed(choices, 'or') : command.usage}.`;
  const wrongChoice = choices && operands.find((word) => !choices.includes(word));
  return wrongChoice && `'${name}' takes ${listed(choices, 'or')}, not '${harmless(wrongChoice)}'.${didYouMean(wrongChoice, choices)}`;
}
