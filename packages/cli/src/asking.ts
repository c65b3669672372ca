// Flags of commands that change an account, checked before anything else is done.
import type { Context } from './context.ts';
import { duration } from './duration.ts';
import { didYouMean } from './nearest.ts';
import { harmless } from './text.ts';

const forms = ['tree', 'plain', 'json'];

/** What is wrong with how the operation is to be waited for. */
export function wrongWaiting({ values }: Pick<Context, 'values'>): string | undefined {
  const { timeout, progress } = values;
  if (timeout !== undefined && duration(timeout) === undefined) return `--timeout takes 90s, 30m or 2h, not '${harmless(timeout)}'.`;
  if (progress === undefined || forms.includes(progress)) return undefined;
  return `--progress takes tree, plain or json, not '${harmless(progress)}'.${didYouMean(progress, forms)}`;
}

/** What is wrong where the user would have to be asked, and cannot be. */
export function unaskable({ io, values }: Pick<Context, 'io' | 'values'>): string | undefined {
  if (values.yes || (io.stdin.isTTY && io.stderr.isTTY && io.stdin.line)) return undefined;
  return 'Nobody can be asked here, because standard input is no terminal: say --yes.';
}

/** What is wrong with how far back, and how much, is to be shown. */
export function wrongRange({ values: { since, tail, limit } }: Pick<Context, 'values'>): string | undefined {
  if (since !== undefined && duration(since) === undefined) return `--since takes 90s, 10m or 2h, not '${harmless(since)}'.`;
  for (const [flag, number] of Object.entries({ tail, limit })) {
    if (number !== undefined && !/^[1-9]\d{0,5}$/.test(number)) return `--${flag} takes a number from 1 on, not '${harmless(number)}'.`;
  }
  return undefined;
}
