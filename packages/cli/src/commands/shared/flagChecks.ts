// Flags of commands that change an account, checked before anything else is done.
import type { Context } from '../../context.ts';
import { didYouMean } from '../../didYouMean.ts';
import { parseDuration } from '../../duration.ts';
import { escapeControls } from '../../text.ts';

const progressFormats = ['tree', 'plain', 'json'];

/** What is wrong with how the operation is to be waited for. */
export function waitFlagsError({ values }: Pick<Context, 'values'>): string | undefined {
  const { timeout, progress } = values;
  if (timeout !== undefined && parseDuration(timeout) === undefined)
    return `--timeout takes 90s, 30m or 2h, not '${escapeControls(timeout)}'.`;
  if (progress === undefined || progressFormats.includes(progress)) return undefined;
  return `--progress takes tree, plain or json, not '${escapeControls(progress)}'.${didYouMean(progress, progressFormats)}`;
}

/** What is wrong where the user would have to be asked, and cannot be. */
export function confirmationError({ io, values }: Pick<Context, 'io' | 'values'>): string | undefined {
  if (values.yes || (io.stdin.isTTY && io.stderr.isTTY && io.stdin.readLine)) return undefined;
  return 'Nobody can be asked here, because standard input is no terminal: say --yes.';
}

/** What is wrong with how far back, and how much, is to be shown. */
export function rangeFlagsError({ values: { since, tail, limit } }: Pick<Context, 'values'>): string | undefined {
  if (since !== undefined && parseDuration(since) === undefined)
    return `--since takes 90s, 10m or 2h, not '${escapeControls(since)}'.`;
  for (const [flag, number] of Object.entries({ tail, limit })) {
    if (number !== undefined && !/^[1-9]\d{0,5}$/.test(number))
      return `--${flag} takes a number from 1 on, not '${escapeControls(number)}'.`;
  }
  return undefined;
}
