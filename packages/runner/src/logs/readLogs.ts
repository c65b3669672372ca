// What the machines of a stack have written: read from CloudWatch Logs, and followed for as long as the user looks.
//
//   sources (log groups by workload) ─► read, merged by time ─► consoles of the silent ─► followed ─► Result

import type { RunEvent } from '../events/catalog.ts';
import type { LogLine } from '../events/reportEvents.ts';
import type { LogsPort } from '../ports/logs.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import { type Run, type RunGenerator, type RunOptions, resultOf, runEvent, runToResult, startRun } from '../run/run.ts';
import { pauseRun } from '../sdk/retry.ts';
import { hasLogStream, listMachines, reportConsoles, streamsNameMachines } from './consoles.ts';
import { type LineDeduplicator, newLineDeduplicator } from './dedupe.ts';
import { type FoundLine, type LogQuery, readLastLines, readMergedByTime, readRange } from './queries.ts';
import { type LogSource, listLogSources, streamPrefixOf } from './sources.ts';

export interface LogsInput {
  readonly stackName: string;
  /** `web`, `deployment/web` or `Deployment/default/web`; absent: every workload. */
  readonly workload?: string;
  readonly container?: string;
  /** EC2's id; also of one that is gone. */
  readonly machine?: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The last so many lines alone. */
  readonly tail?: number;
  readonly follow?: boolean;
  /** Consoles in place of logs. */
  readonly console?: boolean;
}

/** FilterLogEvents may be called five times a second, by everyone in the account together. */
const pollIntervalMs = 2_000;
const pollIntervalPerGroupMs = 400;

/**
 * Says each line as an event, oldest first. The console of a machine that has no log stream is said too. With `follow` it
 * goes on until the signal; a stream that ends by itself has seen all there was. Writes nothing.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function* readLogs(
  clients: Clients,
  input: LogsInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const patience = input.follow ? { ...options, timeoutMs: Number.POSITIVE_INFINITY } : options;
  const run = startRun(clients, input.stackName, patience, `i2kit logs ${input.workload ?? ''}`.trim());
  yield* runToResult(run, reportLogs(run, input));
}

async function* reportLogs(run: Run, input: LogsInput): RunGenerator<Result> {
  const { logs: port } = run.clients;
  if (!port) return resultOf(run, 'failed', 'There is no way to read logs.', { reason: 'invalid' });
  const sources = yield* listLogSources(run, input.workload);
  if (input.console) {
    const count = yield* reportConsoles(
      run,
      yield* listConsoleTargets(run, sources, input.machine),
      'asked',
      input.tail,
    );
    return count === 0
      ? resultOf(run, 'unchanged', 'There is no machine.')
      : resultOf(run, 'succeeded', `${count} consoles.`);
  }
  const before = newLineDeduplicator(input.since);
  const queries = yield* buildQueries(run, port, sources, input, before);
  const heard = yield* reportPastLines(run, queries, input, before);
  yield* reportConsoles(
    run,
    yield* listSilentMachines(run, port, sources, input.machine, heard.machines),
    'silent',
    input.tail,
  );
  if (input.follow) yield* followLines(run, queries, before);
  return heard.lines === 0
    ? resultOf(run, 'unchanged', 'There are no such lines.')
    : resultOf(run, 'succeeded', `${heard.lines} lines.`);
}

/** One query a group; a machine narrows it to its own streams, where streams have machines' names. */
async function* buildQueries(
  run: Run,
  logs: LogsPort,
  sources: readonly LogSource[],
  { container, machine }: LogsInput,
  { heard }: LineDeduplicator,
): RunGenerator<readonly LogQuery[]> {
  const wants = (line: LogLine) => container === undefined || line.container === container;
  const queries: LogQuery[] = [];
  for (const source of sources) {
    const prefix = source.pod === undefined ? undefined : `${source.pod}/`;
    if (machine === undefined) queries.push({ logs, source, wants, heard, ...(prefix && { prefix }) });
    else if (yield* streamsNameMachines(run, logs, source))
      queries.push({ logs, source, prefix: streamPrefixOf(source.object, machine), wants, heard });
    else if ((yield* listMachines(run, source)).includes(machine)) queries.push({ logs, source, wants, heard });
  }
  return queries;
}

/** What there is already; gives how much, and of which machines. */
async function* reportPastLines(
  run: Run,
  queries: readonly LogQuery[],
  { since, tail }: LogsInput,
  before: LineDeduplicator,
) {
  const heard = { lines: 0, machines: new Set<string>() };
  async function* tell(line: FoundLine): RunGenerator<void> {
    if (!before.isNew(line)) return;
    heard.lines++;
    if (line.machine !== undefined) heard.machines.add(line.machine);
    yield logLineEvent(run, line);
  }
  if (tail === undefined) {
    yield* readMergedByTime(run, queries, { startTime: since }, tell);
    return heard;
  }
  const last: FoundLine[] = [];
  for (const query of queries) last.push(...(yield* readLastLines(run, query, since, tail)));
  const shown = last.sort((a, b) => a.at - b.at).slice(-tail);
  // What is left out now is not to come when the lines are followed.
  if (shown.length === tail) before.skipTo(shown[0]?.at ?? 0);
  for (const line of shown) yield* tell(line);
  return heard;
}

/** Until the signal, or until no log group is left. */
async function* followLines(run: Run, queries: readonly LogQuery[], before: LineDeduplicator): RunGenerator<void> {
  for (let open = queries; open.length > 0; ) {
    await pauseRun(run, Math.max(pollIntervalMs, open.length * pollIntervalPerGroupMs));
    const fresh: FoundLine[] = [];
    const left: LogQuery[] = [];
    const startTime = before.from();
    for (const query of open) {
      const lines = yield* readRange(run, query, { startTime });
      if (lines) left.push(query);
      fresh.push(...(lines ?? []));
    }
    open = left;
    for (const line of fresh.sort((a, b) => a.at - b.at)) if (before.isNew(line)) yield logLineEvent(run, line);
  }
}

const logLineEvent = (run: Run, { eventId: _, ...line }: FoundLine): RunEvent =>
  runEvent(run, 'I2K871', `${line.pod}/${line.container}: ${line.text}`, line);

interface ConsoleTarget {
  readonly machine: string;
  readonly object?: string;
}

/** The machines that are there now, or the one that was named, whether it is there or not. */
async function* listConsoleTargets(
  run: Run,
  sources: readonly LogSource[],
  machine: string | undefined,
): RunGenerator<readonly ConsoleTarget[]> {
  const all: ConsoleTarget[] = [];
  for (const source of sources)
    for (const each of yield* listMachines(run, source)) all.push({ machine: each, object: source.object });
  if (machine === undefined) return all;
  const found = all.filter((each) => each.machine === machine);
  return found.length > 0 ? found : [{ machine }];
}

/** The machines of which it is known that they have written nothing. */
async function* listSilentMachines(
  run: Run,
  logs: LogsPort,
  sources: readonly LogSource[],
  machine: string | undefined,
  heard: ReadonlySet<string>,
): RunGenerator<readonly ConsoleTarget[]> {
  const all: ConsoleTarget[] = [];
  for (const each of yield* listConsoleTargets(run, sources, machine)) {
    let written = heard.has(each.machine);
    for (const source of sources) {
      const of = each.object === undefined || each.object === source.object;
      if (of && !written) written = yield* hasLogStream(run, logs, source, each.machine);
    }
    if (!written) all.push(each);
  }
  return all;
}
