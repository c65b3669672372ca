// Reading log groups: page by page, each line once, several groups merged by time.
import { giveUp, read } from '../call.ts';
import type { LogLine } from '../events/logs.ts';
import type { FilterLogEventsInput, LogEventOutput, LogsPort } from '../ports/logs.ts';
import { type Run, type Steps, say } from '../run.ts';
import type { Source } from './sources.ts';
import { streamOf } from './streams.ts';

export interface Query {
  readonly logs: LogsPort;
  readonly source: Source;
  /** Reads the streams of one machine alone. */
  readonly prefix?: string;
  readonly wants: (line: LogLine) => boolean;
  /** Told the time of every line that is read, wanted or not. */
  readonly heard: (at: number) => void;
}

/** A line, with what tells it from others. */
export interface Found extends LogLine {
  readonly eventId: string;
}

/** FilterLogEvents reads backwards only from here on: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const earliest = Date.UTC(2024, 0, 1);

type Range = Pick<FilterLogEventsInput, 'startTime' | 'startFromHead' | 'limit'>;

interface Page {
  readonly lines: readonly Found[];
  readonly next?: string;
}

function lineOf(event: LogEventOutput, source: Source): Found {
  const { logStreamName = '', timestamp: at = 0, message = '', eventId = `${logStreamName}@${at}:${message}` } = event;
  return { object: source.object, ...streamOf(logStreamName), at, text: message.replace(/\r?\n$/, ''), eventId };
}

/** Undefined where the log group is gone. */
async function* page(run: Run, query: Query, range: Range, token: string | undefined): Steps<Page | undefined> {
  const { logs, source, prefix, wants } = query;
  const answer = yield* read(run, 'FilterLogEvents', (options) =>
    logs.filterLogEvents(
      {
        logGroupName: source.logGroup,
        ...(prefix ? { logStreamNamePrefix: prefix } : {}),
        ...range,
        ...(token ? { nextToken: token } : {}),
      },
      options,
    ),
  );
  if (answer.ok) {
    const { events = [], nextToken } = answer.value;
    for (const { timestamp = 0 } of events) query.heard(timestamp);
    return { lines: events.map((each) => lineOf(each, source)).filter(wants), ...(nextToken ? { next: nextToken } : {}) };
  }
  if (!answer.fault.name.startsWith('ResourceNotFound')) throw giveUp(run, 'FilterLogEvents', answer.fault);
  yield say(run, 'I2K873', `The log group ${source.logGroup} of ${source.object} is not there.`, {
    logGroup: source.logGroup,
    object: source.object,
  });
  return undefined;
}

/** All lines of a range, oldest first; undefined where the log group is gone. */
export async function* rangeOf(run: Run, query: Query, range: Range): Steps<readonly Found[] | undefined> {
  const all: Found[] = [];
  for (let token: string | undefined; ; ) {
    const found = yield* page(run, query, range, token);
    if (!found) return undefined;
    all.push(...found.lines);
    if (!found.next) return all;
    token = found.next;
  }
}

/** The last `most` lines, oldest first: read from the newest on, and no further than that. */
export async function* lastOf(run: Run, query: Query, since: number, most: number): Steps<readonly Found[]> {
  const range = { startTime: Math.max(since, earliest), startFromHead: false, limit: Math.min(most, 10_000) };
  const newest: Found[] = [];
  for (let token: string | undefined; newest.length < most; ) {
    const found = yield* page(run, query, range, token);
    newest.push(...(found?.lines ?? []));
    if (!found?.next) break;
    token = found.next;
  }
  return newest.slice(0, most).reverse();
}

/** Gives each line of all groups to `tell`, in order of time; holds one page of each. */
export async function* merged(run: Run, queries: readonly Query[], range: Range, tell: (line: Found) => Steps<void>): Steps<void> {
  const cursors = queries.map((query) => ({ query, lines: [] as readonly Found[], at: 0, token: '' as string | undefined }));
  for (;;) {
    for (const each of cursors) {
      while (each.at >= each.lines.length && each.token !== undefined) {
        const found: Page | undefined = yield* page(run, each.query, range, each.token || undefined);
        each.lines = found?.lines ?? [];
        each.at = 0;
        each.token = found?.next;
      }
    }
    const ready = cursors.filter((each) => each.at < each.lines.length);
    const head = (each: (typeof cursors)[number]) => each.lines[each.at]?.at ?? 0;
    const first = ready.reduce<(typeof cursors)[number] | undefined>(
      (best, each) => (best && head(best) <= head(each) ? best : each),
      undefined,
    );
    const line = first?.lines[first.at++];
    if (!line) return;
    yield* tell(line);
  }
}
