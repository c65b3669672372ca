// Reads what the machines of a stack have logged to CloudWatch Logs, and follows it.
//
//   sources (log groups by workload) ─► read, merged by time ─► consoles of machines without logs ─► followed ─► Result

import type { RunEvent } from '../events/catalog.ts';
import type { LogLine } from '../events/reportEvents.ts';
import type { LogsPort } from '../ports/logs.ts';
import { pauseRun } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import { type Run, type RunGenerator, type RunOptions, resultOf, runEvent, runToResult, startRun } from '../run/run.ts';
import { hasLogStream, listMachines, reportConsoles, streamsNameMachines } from './consoles.ts';
import { type LineDeduplicator, newLineDeduplicator } from './dedupe.ts';
import { type FoundLine, type LogQuery, readLastLines, readMergedByTime, readRange } from './queries.ts';
import { type LogSource, listLogSources, streamPrefixOf } from './sources.ts';

export interface LogsInput {
  readonly stackName: string;
  /** `web`, `deployment/web` or `Deployment/default/web`; default: every workload. */
  readonly workload?: string;
  readonly container?: string;
  /** EC2's id; a terminated machine is allowed. */
  readonly machine?: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Only the last lines, as many as given. */
  readonly tail?: number;
  readonly follow?: boolean;
  /** Consoles instead of logs. */
  readonly console?: boolean;
}

/** FilterLogEvents may be called five times a second by the whole account. */
const pollIntervalMs = 2_000;
const pollIntervalPerGroupMs = 400;

/**
 * Emits each line as an event, oldest first, and the console of each machine without a log stream. With `follow` it
 * continues until the signal; a stream that ends by itself has read everything. Writes nothing.
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
  if (!port)
    return resultOf(run, 'failed', 'Logs cannot be read: there is no client for CloudWatch Logs.', {
      reason: 'invalid',
    });
  const sources = yield* listLogSources(run, input.workload);
  if (input.console) {
    const count = yield* reportConsoles(
      run,
      yield* listConsoleTargets(run, sources, input.machine),
      'asked',
      input.tail,
    );
    return count === 0
      ? resultOf(run, 'unchanged', 'No machines found.')
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
    ? resultOf(run, 'unchanged', 'No matching lines.')
    : resultOf(run, 'succeeded', `${heard.lines} lines.`);
}

/** One query per group; a machine limits it to its own streams, if streams have machines' names. */
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

/** Reads the existing lines; returns their number and their machines. */
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
  // Lines skipped now must not appear when following.
  if (shown.length === tail) before.skipTo(shown[0]?.at ?? 0);
  for (const line of shown) yield* tell(line);
  return heard;
}

/** Follows until the signal, or until no log group is left. */
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

/** The current machines, or the named one whether it exists or not. */
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

/** The machines that are known to have written nothing. */
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
