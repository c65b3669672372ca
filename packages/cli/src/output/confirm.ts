// Asks a yes-or-no question.
import type { Context } from '../context.ts';

/** Anything but yes is no, including Ctrl-C. */
export async function confirm({ io, values }: Context, question: string, signal: AbortSignal): Promise<boolean> {
  if (values.yes) return true;
  io.stderr.write(`${question} [y/N] `);
  const answer = await io.stdin.readLine?.(signal);
  return /^\s*y(es)?\s*$/i.test(answer ?? '');
}
