// Checks flags before a command does anything else.
import { escapeInvisible } from '@i2kit/common';
import type { Context } from '../../context.ts';
import { didYouMean } from '../../didYouMean.ts';
import { parseDuration } from '../../duration.ts';

const progressFormats = ['tree', 'plain', 'json'];

/** The usage error of --timeout or --progress. */
export function waitFlagsError({ values }: Pick<Context, 'values'>): string | undefined {
  const { timeout, progress } = values;
  if (timeout !== undefined && parseDuration(timeout) === undefined)
    return `--timeout takes 90s, 30m or 2h; got '${escapeInvisible(timeout)}'.`;
  if (progress === undefined || progressFormats.includes(progress)) return undefined;
  return `--progress takes tree, plain or json; got '${escapeInvisible(progress)}'.${didYouMean(progress, progressFormats)}`;
}

/** The usage error if the command has to ask and cannot. */
export function confirmationError({ io, values }: Pick<Context, 'io' | 'values'>): string | undefined {
  if (values.yes || (io.stdin.isTTY && io.stderr.isTTY && io.stdin.readLine)) return undefined;
  return 'Cannot prompt: standard input is not a terminal. Pass --yes.';
}

/** The usage error of --since, --tail or --limit. */
export function rangeFlagsError({ values: { since, tail, limit } }: Pick<Context, 'values'>): string | undefined {
  if (since !== undefined && parseDuration(since) === undefined)
    return `--since takes 90s, 10m or 2h; got '${escapeInvisible(since)}'.`;
  for (const [flag, number] of Object.entries({ tail, limit })) {
    if (number !== undefined && !/^[1-9]\d{0,5}$/.test(number))
      return `--${flag} takes a number from 1 to 999999; got '${escapeInvisible(number)}'.`;
  }
  return undefined;
}
