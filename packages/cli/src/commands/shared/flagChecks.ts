// Checks flags before a command does anything else.
import { escapeInvisible, type Problem } from '@i2kit/common';
import type { Context } from '../../context.ts';
import { didYouMean } from '../../didYouMean.ts';
import { parseDuration } from '../../duration.ts';

/** The problem if the condition holds. */
export const problemIf = (isWrong: boolean | undefined, message: string): readonly Problem[] =>
  isWrong ? [{ message }] : [];

const progressFormats = ['tree', 'plain', 'json'];

/** Of --timeout and --progress. */
export const waitFlagProblems = ({ values: { timeout, progress } }: Pick<Context, 'values'>): readonly Problem[] => [
  ...durationProblems('timeout', timeout, '90s, 30m or 2h'),
  ...(progress === undefined || progressFormats.includes(progress)
    ? []
    : [
        {
          message: `--progress takes tree, plain or json; got '${escapeInvisible(progress)}'.${didYouMean(progress, progressFormats)}`,
        },
      ]),
];

/** Of a command that has to ask and cannot. */
export const confirmationProblems = ({ io, values }: Pick<Context, 'io' | 'values'>): readonly Problem[] =>
  problemIf(
    !values.yes && !(io.stdin.isTTY && io.stderr.isTTY && io.stdin.readLine),
    'Cannot prompt: standard input is not a terminal. Pass --yes.',
  );

/** Of --since, --tail and --limit. */
export const rangeFlagProblems = ({ values: { since, tail, limit } }: Pick<Context, 'values'>): readonly Problem[] => [
  ...durationProblems('since', since, '90s, 10m or 2h'),
  ...Object.entries({ tail, limit }).flatMap(([flag, number]) =>
    number === undefined || /^[1-9]\d{0,5}$/.test(number)
      ? []
      : [{ message: `--${flag} takes a number from 1 to 999999; got '${escapeInvisible(number)}'.` }],
  ),
];

/** `examples`: durations that the flag takes. */
export const durationProblems = (flag: string, given: string | undefined, examples: string): readonly Problem[] =>
  given === undefined || parseDuration(given) !== undefined
    ? []
    : [{ message: `--${flag} takes ${examples}; got '${escapeInvisible(given)}'.` }];
