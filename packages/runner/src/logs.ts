// What the machines of a stack have written: read from CloudWatch Logs, and followed for as long as the user looks.
//
//   sources (log groups by workload) ─► read, merged by time ─► consoles of the silent ─► followed ─► Result
import { pause } from './call.ts';
import type { Clients } from './clients.ts';
import type { RunEvent } from './events/catalog.ts';
import type { LogLine } from './events/logs.ts';
import { hasWritten, machinesOf, tellConsoles, tellsMachines } from './logs/consoles.ts';
import { type Found, lastOf, merged, type Query, rangeOf } from './logs/read.ts';
import { type Seen, seen } from './logs/seen.ts';
import { type Source, sourcesOf } from './logs/sources.ts';
import { prefixOf } from './logs/streams.ts';
import type { LogsPort } from './ports/logs.ts';
import type { Result } from './result.ts';
import { begin, conclude, ending, type Run, type RunOptions, type Steps, say } from './run.ts';

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
const often = 2_000;
const perGroup = 400;

/**
 * Says each line as an event, oldest first. The console of a machine that has no log stream is said too. With `follow` it
 * goes on until the signal; a stream that ends by itself has seen all there was. Writes nothing.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function* logs(clients: Clients, input: LogsInput, options: RunOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const patience = input.follow ? { ...options, timeoutMs: Number.POSITIVE_INFINITY } : options;
  const run = begin(clients, input.stackName, patience, `i2kit logs ${input.workload ?? ''}`.trim());
  yield* ending(run, told(run, input));
}

async function* told(run: Run, input: LogsInput): Steps<Result> {
  const { logs: port } = run.clients;
  if (!port) return conclude(run, 'failed', 'There is no way to read logs.', { reason: 'invalid' });
  const sources = yield* sourcesOf(run, input.workload);
  if (input.console) {
    const count = yield* tellConsoles(run, yield* current(run, sources, input.machine), 'asked', input.tail);
    return count === 0 ? conclude(run, 'unchanged', 'There is no machine.') : conclude(run, 'succeeded', `${count} consoles.`);
  }
  const before = seen(input.since);
  const queries = yield* queriesOf(run, port, sources, input, before);
  const heard = yield* past(run, queries, input, before);
  yield* tellConsoles(run, yield* silent(run, port, sources, input.machine, heard.machines), 'silent', input.tail);
  if (input.follow) yield* followed(run, queries, before);
  return heard.lines === 0 ? conclude(run, 'unchanged', 'There are no such lines.') : conclude(run, 'succeeded', `${heard.lines} lines.`);
}

/** One query a group; a machine narrows it to its own streams, where streams have machines' names. */
async function* queriesOf(
  run: Run,
  logs: LogsPort,
  sources: readonly Source[],
  { container, machine }: LogsInput,
  { heard }: Seen,
): Steps<readonly Query[]> {
  const wants = (line: LogLine) => container === undefined || line.container === container;
  const queries: Query[] = [];
  for (const source of sources) {
    const prefix = source.pod === undefined ? undefined : `${source.pod}/`;
    if (machine === undefined) queries.push({ logs, source, wants, heard, ...(prefix && { prefix }) });
    else if (yield* tellsMachines(run, logs, source))
      queries.push({ logs, source, prefix: prefixOf(source.object, machine), wants, heard });
    else if ((yield* machinesOf(run, source)).includes(machine)) queries.push({ logs, source, wants, heard });
  }
  return queries;
}

/** What there is already; gives how much, and of which machines. */
async function* past(run: Run, queries: readonly Query[], { since, tail }: LogsInput, before: Seen) {
  const heard = { lines: 0, machines: new Set<string>() };
  async function* tell(line: Found): Steps<void> {
    if (!before.isNew(line)) return;
    heard.lines++;
    if (line.machine !== undefined) heard.machines.add(line.machine);
    yield spoken(run, line);
  }
  if (tail === undefined) {
    yield* merged(run, queries, { startTime: since }, tell);
    return heard;
  }
  const last: Found[] = [];
  for (const query of queries) last.push(...(yield* lastOf(run, query, since, tail)));
  const shown = last.sort((a, b) => a.at - b.at).slice(-tail);
  // What is left out now is not to come when the lines are followed.
  if (shown.length === tail) before.skipTo(shown[0]?.at ?? 0);
  for (const line of shown) yield* tell(line);
  return heard;
}

/** Until the signal, or until no log group is left. */
async function* followed(run: Run, queries: readonly Query[], before: Seen): Steps<void> {
  for (let open = queries; open.length > 0; ) {
    await pause(run, Math.max(often, open.length * perGroup));
    const fresh: Found[] = [];
    const left: Query[] = [];
    const startTime = before.from();
    for (const query of open) {
      const lines = yield* rangeOf(run, query, { startTime });
      if (lines) left.push(query);
      fresh.push(...(lines ?? []));
    }
    open = left;
    for (const line of fresh.sort((a, b) => a.at - b.at)) if (before.isNew(line)) yield spoken(run, line);
  }
}

const spoken = (run: Run, { eventId: _, ...line }: Found): RunEvent =>
  say(run, 'I2K871', `${line.pod}/${line.container}: ${line.text}`, line);

interface Asked {
  readonly machine: string;
  readonly object?: string;
}

/** The machines that are there now, or the one that was named, whether it is there or not. */
async function* current(run: Run, sources: readonly Source[], machine: string | undefined): Steps<readonly Asked[]> {
  const all: Asked[] = [];
  for (const source of sources) for (const each of yield* machinesOf(run, source)) all.push({ machine: each, object: source.object });
  if (machine === undefined) return all;
  const found = all.filter((each) => each.machine === machine);
  return found.length > 0 ? found : [{ machine }];
}

/** The machines of which it is known that they have written nothing. */
async function* silent(
  run: Run,
  logs: LogsPort,
  sources: readonly Source[],
  machine: string | undefined,
  heard: ReadonlySet<string>,
): Steps<readonly Asked[]> {
  const all: Asked[] = [];
  for (const each of yield* current(run, sources, machine)) {
    let written = heard.has(each.machine);
    for (const source of sources) {
      const of = each.object === undefined || each.object === source.object;
      if (of && !written) written = yield* hasWritten(run, logs, source, each.machine);
    }
    if (!written) all.push(each);
  }
  return all;
}
