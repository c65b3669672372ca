// `i2kit help`: prints the overview, or the page of one command; also serves --help.
import { escapeInvisible } from '@i2kit/common';
import type { Command } from '../context.ts';
import { didYouMean } from '../didYouMean.ts';
import { exit } from '../exit.ts';
import { reportUsageError } from '../help/usageError.ts';

export const help: Command = {
  usage: 'help [COMMAND]',
  summary: 'Show help about a command',
  flags: [],
  operands: { least: 0, most: 2 },
  examples: [['help synth', '']],
  async run({ io, operands, commands }) {
    // The pages are loaded on demand.
    const { commandPage: commandHelp, overviewPage: overview } = await import('../help/pages.ts');
    const width = Math.min(io.stdout.columns ?? 100, 100);
    const words = operands.join(' ');
    const names = Object.keys(commands);
    const name =
      names.find((one) => one === words) ?? names.filter((one) => words === one || words.startsWith(`${one} `))[0];
    const command = name === undefined ? undefined : commands[name];
    if (command) {
      io.stdout.write(await commandHelp(command, width));
    } else if (words === '' || names.some((one) => one.startsWith(`${words} `))) {
      io.stdout.write(await overview(commands, words, width));
    } else {
      return reportUsageError(
        io,
        `There is no command '${escapeInvisible(words)}'.${didYouMean(words, names, (one) => `'${one}'`)}`,
      );
    }
    return exit.fine;
  },
};
