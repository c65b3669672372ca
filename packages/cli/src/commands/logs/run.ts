// Prints container logs on standard output; messages go to standard error.
import {
  type ConsoleOutput,
  exitCodeOf,
  isResult,
  type LogLine,
  printable,
  type Result,
  type RunEvent,
  readLogs as reading,
} from '@i2kit/runner';
import { connect } from '../../aws/connection.ts';
import { runOptions } from '../../aws/runOptions.ts';
import type { Context } from '../../context.ts';
import { parseDuration } from '../../duration.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { listenForInterrupt } from '../../output/interrupt.ts';
import type { SelectedStack } from '../../ports/aws.ts';

const hourMs = 3_600_000;

export async function runLogs(context: Context, { stackName, region }: SelectedStack): Promise<ExitCode> {
  const { io, values, operands } = context;
  const connection = await connect(context, region);
  const interrupt = listenForInterrupt(io);
  const clients = await connection.withLogs();
  const [workload] = operands;
  const { container, machine, tail, follow, console, since } = values;
  const back = parseDuration(since ?? '') ?? (tail === undefined ? hourMs : undefined);
  try {
    const input = {
      stackName,
      since: back === undefined ? 0 : clients.clock.now() - back,
      ...(workload !== undefined && { workload }),
      ...(container !== undefined && { container }),
      ...(machine !== undefined && { machine }),
      ...(tail !== undefined && { tail: Number(tail) }),
      ...(follow && { follow }),
      ...(console && { console }),
    };
    const write = values.output === 'json' ? jsonWriter(context) : textWriter(context);
    for await (const event of reading(clients, input, runOptions(context, interrupt.signal))) {
      if (isResult(event)) return reportResult(context, event.data);
      write(event);
    }
    return exit.failed;
  } finally {
    interrupt.release();
    connection.close();
  }
}

function reportResult({ io, values }: Context, result: Result): ExitCode {
  const { outcome, message, hint, reason } = result;
  // Ctrl-C ends following without an error.
  if (outcome === 'interrupted') return exit.interrupted;
  if (outcome === 'unchanged') {
    const far = values.since ?? values.tail ?? values.console;
    if (!values.quiet)
      io.stderr.write(
        `${message}${far === undefined ? ' Searched the last hour; use --since to look further back.' : ''}\n`,
      );
  } else if (outcome !== 'succeeded') {
    io.stderr.write(`error: ${printable(message)}\n${hint ? `hint: ${printable(hint)}\n` : ''}`);
  }
  return reason === 'unknown' ? exit.input : exitCodeOf(result);
}

const jsonWriter =
  ({ io }: Context) =>
  (event: RunEvent): void => {
    const say = (row: object) => io.stdout.write(`${JSON.stringify({ v: 1, ...row })}\n`);
    if (event.code === 'I2K871') {
      const { at, text, ...line } = event.data;
      say({ at: new Date(at).toISOString(), ...line, message: text });
    } else if (event.code === 'I2K872') {
      const { lines, because, said: _, ...of } = event.data;
      for (const message of lines) say({ ...of, console: because, message });
      if (lines.length === 0) writeWarning(io, event);
    } else writeWarning(io, event);
  };

function textWriter({ io, color, values }: Context): (event: RunEvent) => void {
  const paint = namePainter(color && io.stdout.isTTY);
  // A single stream needs no name.
  const alone = values.machine !== undefined && values.container !== undefined;
  const line = ({ pod, container, at, text }: LogLine) => {
    const time = values.timestamps ? `${new Date(at).toISOString()} ` : '';
    io.stdout.write(`${time}${alone ? '' : `${paint(`${pod}/${container}`)} `}${withoutColors(text)}\n`);
  };
  const console = ({ machine, lines }: ConsoleOutput) => {
    for (const each of lines) io.stdout.write(`${paint(`${machine}/console`)} ${withoutColors(each)}\n`);
  };
  return (event) => {
    if (event.code === 'I2K871') return line(event.data);
    writeWarning(io, event);
    if (event.code === 'I2K872') console(event.data);
  };
}

function writeWarning(io: Context['io'], event: RunEvent): void {
  if (event.level === 'warn' || event.level === 'error') io.stderr.write(`warning: ${printable(event.message)}\n`);
}

/** Terminal colours of programs are removed; other control characters are shown as their codes. */
const withoutColors = (text: string): string => printable(text.replace(/\u001b\[[\d;]*m/g, ''));

const palette = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

/** Assigns each name a colour, repeating once all are used. */
function namePainter(color: boolean): (name: string) => string {
  const known = new Map<string, number>();
  return (name) => {
    const shown = printable(name);
    if (!color) return shown;
    if (!known.has(name)) known.set(name, palette[known.size % palette.length] ?? 36);
    return `\u001b[${known.get(name)}m${shown}\u001b[39m`;
  };
}
