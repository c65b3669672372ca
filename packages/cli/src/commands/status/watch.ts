// Polls a stack: redraws on a terminal, else prints changes.
import { classifyError, printable, systemClock } from '@i2kit/runner';
import type { Connection } from '../../aws/connection.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import type { InterruptListener } from '../../output/interrupt.ts';
import { fetchStatus, isHealthy, isInProgress, type Status } from './fetch.ts';
import { statusText } from './render.ts';

/** Milliseconds between polls; CloudFormation throttles faster ones. */
const pollIntervalMs = 3_000;

/** Ends when no operation is running. Errors meanwhile are retried, except those that waiting does not fix. */
export async function watchStatus(
  context: Context,
  connection: Connection,
  { signal }: InterruptListener,
  stackName: string,
): Promise<ExitCode> {
  const { io, values } = context;
  const show =
    values.output === 'json'
      ? jsonLinesWriter(context)
      : io.stdout.isTTY && io.env['TERM'] !== 'dumb'
        ? redrawingWriter(context)
        : textWriter(context);
  for (let seen = false; ; ) {
    try {
      const found = await fetchStatus(connection, stackName, values.output !== undefined);
      if (!found) {
        // A watched deletion ended successfully.
        if (!seen) io.stderr.write(`error: There is no stack ${printable(stackName)}.\n`);
        else if (!values.quiet) io.stderr.write(`${printable(stackName)} is gone.\n`);
        return seen ? exit.fine : exit.failed;
      }
      seen = true;
      const last = !isInProgress(found);
      show(found, last);
      if (last) return isHealthy(found) ? exit.fine : exit.failed;
    } catch (error) {
      const kind = classifyError(error)?.kind;
      if (kind !== 'throttled' && kind !== 'transient' && !signal.aborted) throw error;
    }
    await systemClock.sleep(pollIntervalMs, signal);
    if (signal.aborted) return exit.interrupted;
  }
}

/** `last`: it stays on the screen. */
type StatusWriter = (found: Status, last: boolean) => void;

/** One JSON object per line, for each change. */
function jsonLinesWriter({ io }: Context): StatusWriter {
  let before = '';
  return (found) => {
    const now = JSON.stringify(found);
    if (now !== before) io.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...found })}\n`);
    before = now;
  };
}

/** The whole text again, below its time, for each change other than an age. */
function textWriter({ io, values }: Context): StatusWriter {
  let before = '';
  return (found) => {
    const now = JSON.stringify(found);
    if (now !== before)
      io.stdout.write(`${new Date().toISOString()}\n${statusText(found, values.output === 'wide', Date.now())}`);
    before = now;
  };
}

/** Redrawn in a single write to avoid flicker; cut to the terminal's size meanwhile, so that no line wraps. */
function redrawingWriter({ io, values }: Context): StatusWriter {
  let drawn = 0;
  return (found, last) => {
    const { columns = 80, rows = 24 } = io.stdout;
    const text = statusText(found, values.output === 'wide', Date.now());
    const lines = text.split('\n').slice(0, -1);
    const shown = last
      ? lines
      : lines.slice(0, rows - 1).map((line) => (line.length >= columns ? `${line.slice(0, columns - 1)}…` : line));
    if (lines.length > shown.length) shown[shown.length - 1] = `… ${lines.length - shown.length + 1} more lines`;
    // A `^C` has moved the cursor.
    const back = drawn > 0 ? `\r\u001b[${drawn}A` : '';
    io.stdout.write(`${back}${shown.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
    drawn = shown.length;
  };
}
