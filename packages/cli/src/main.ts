// Finds the command of a command line, runs it, and returns an exit code for every failure.

import { escapeInvisible, listText, type Problem, systemCode } from '@i2kit/common';
import { type ParsedArgv, parseArgv } from './argv.ts';
import { completionLines } from './commands/completion.ts';
import { commandNames, commands, findCommand } from './commands/index.ts';
import type { Command } from './context.ts';
import { didYouMean } from './didYouMean.ts';
import { type ExitCode, exit } from './exit.ts';
import { type FlagName, globalFlags, isFlag } from './flags.ts';
import { reportUsageError } from './help/usageError.ts';
import { systemReason } from './input/fileText.ts';
import type { Io } from './io.ts';
import { colorEnabled } from './output/color.ts';
import { isClosedOutput, OutputError } from './output/outputError.ts';
import { reportUnexpectedError } from './output/unexpectedError.ts';
import type { Aws } from './ports/aws.ts';
import type { Compiler } from './ports/compiler.ts';
import type { Drawing } from './ports/drawing.ts';
import type { Images } from './ports/image.ts';
import type { Reviewer } from './ports/review.ts';

/** Loaded on demand. */
const loadAws = (): Promise<Aws> => import('./bundles/aws.ts');
const loadReviewer = (): Promise<Reviewer> => import('./bundles/review.ts');
const loadDrawing = (): Promise<Drawing> => import('./bundles/drawing.ts');
const loadImages = (): Promise<Images> => import('./bundles/image.ts');

export async function main(
  io: Io,
  compiler: () => Promise<Compiler>,
  aws = loadAws,
  images = loadImages,
): Promise<ExitCode> {
  try {
    return await dispatch(io, compiler, aws, images);
  } catch (error) {
    // As with other programs, a closed pipe is not an error.
    if (isClosedOutput(error)) return exit.fine;
    const sentence = systemErrorText(error);
    if (sentence === undefined) return reportUnexpectedError(io, error);
    io.stderr.write(`error: ${sentence}\n`);
    return exit.failed;
  }
}

/** Conditions of this computer that are nobody's bug. */
const systemConditions: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE'];

function systemErrorText(error: unknown): string | undefined {
  if (error instanceof OutputError) return error.message;
  const code = systemCode(error);
  return code !== undefined && systemConditions.includes(code)
    ? `The system refuses a file operation: ${systemReason(error)}.`
    : undefined;
}

async function dispatch(
  io: Io,
  compiler: () => Promise<Compiler>,
  aws: () => Promise<Aws>,
  images: () => Promise<Images>,
): Promise<ExitCode> {
  // First of all: the words of a completion are not arguments of this process.
  if (io.argv[0] === '__complete') {
    io.stdout.write(completionLines(io.argv.slice(1), commands));
    return exit.fine;
  }
  const letters: Command['shortFlags'] = findCommand(io.argv)?.command.shortFlags;
  const parsed = parseArgv(letters ? io.argv.map((word) => expandShortFlag(word, letters)) : io.argv);
  const { values, operands: words } = parsed;
  const found = findCommand(words);
  const context = {
    io,
    values,
    color: colorEnabled(io, values.color),
    commands,
    compiler,
    aws,
    reviewer: loadReviewer,
    drawing: loadDrawing,
    images,
  };
  // --help works even beside a wrong flag.
  if (values.help || (words.length === 0 && parsed.problems.length === 0 && !values.version)) {
    return commands.help.run({
      ...context,
      operands: words[0] === 'help' && words.length > 1 ? words.slice(1) : words,
    });
  }
  if (values.version && words.length === 0) return commands.version.run({ ...context, operands: [] });
  if (!found) {
    const problem = words.length === 0 ? parsed.problems[0] : undefined;
    return reportUsageError(io, problem?.message ?? unknownCommandMessage(words));
  }
  const operands = words.slice(found.name.split(' ').length);
  const { command, name } = found;
  const [problem] = usageProblemsOf(command, name, parsed, operands);
  if (problem) return reportUsageError(io, problem.message, name);
  const [unfit] = command.usageProblems?.({ ...context, operands }) ?? [];
  return unfit ? reportUsageError(io, unfit.message, name) : command.run({ ...context, operands });
}

/** `-f` is `--follow` in commands that define it so. */
const expandShortFlag = (word: string, letters: NonNullable<Command['shortFlags']>): string => {
  const meant = /^-[a-zA-Z]$/.test(word) ? letters[word.slice(1)] : undefined;
  return meant === undefined ? word : `--${meant}`;
};

function unknownCommandMessage(words: readonly string[]): string {
  const [first = '', second] = words;
  const group = commandNames.filter((name) => name.startsWith(`${first} `));
  if (group.length > 0 && second === undefined) return `'${first}' needs a subcommand: ${listText(group, 'or')}.`;
  const word = group.length > 0 ? `${first} ${second}` : first;
  return `There is no command '${escapeInvisible(word)}'.${didYouMean(word, commandNames, (name) => `'${name}'`)}`;
}

/** Usage errors of a command's words, whatever the command; each assumes that there is none before it. */
function usageProblemsOf(
  command: Command,
  name: string,
  { values, problems }: ParsedArgv,
  operands: readonly string[],
): readonly Problem[] {
  const taken: readonly FlagName[] = [...command.flags, ...globalFlags];
  const stray = Object.keys(values).filter((key) => isFlag(key) && !taken.includes(key));
  return [
    ...problems,
    ...stray.map((flag) => ({ message: `'${name}' does not accept --${flag}.` })),
    ...outputFormatProblems(command, values.output),
    ...operandProblems(command, name, operands),
  ];
}

function outputFormatProblems({ outputFormats: known }: Command, output: string | undefined): readonly Problem[] {
  if (output === undefined || !known || known.includes(output)) return [];
  return [
    { message: `-o takes ${listText(known, 'or')}; got '${escapeInvisible(output)}'.${didYouMean(output, known)}` },
  ];
}

function operandProblems(command: Command, name: string, operands: readonly string[]): readonly Problem[] {
  const { least, most, choices } = command.operands ?? { least: 0, most: 0 };
  const extra = operands[most];
  if (extra !== undefined) {
    const meant = command.flags.includes('filename') ? ` Pass files with -f: -f ${escapeInvisible(extra)}` : '';
    const count = most === 0 ? 'no operand' : 'one operand';
    return [{ message: `'${name}' takes ${count}; got '${escapeInvisible(extra)}'.${meant}` }];
  }
  if (operands.length < least)
    return [{ message: `'${name}' needs an operand: ${choices ? listText(choices, 'or') : command.usage}.` }];
  if (!choices) return [];
  return operands
    .filter((word) => !choices.includes(word))
    .map((word) => ({
      message: `'${name}' takes ${listText(choices, 'or')}; got '${escapeInvisible(word)}'.${didYouMean(word, choices)}`,
    }));
}
