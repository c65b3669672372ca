// Reads log groups page by page, each line once, and merges several groups by time.

import type { LogLine } from '../events/reportEvents.ts';
import type { FilteredLogEvent, FilterLogEventsInput, LogsPort } from '../ports/logs.ts';
import { callFailure, readWithRetry } from '../run/calls.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';
import type { LogSource } from './sources.ts';
import { logStreamNameOf } from './sources.ts';

export interface LogQuery {
  readonly logs: LogsPort;
  readonly source: LogSource;
  /** Limits the query to the streams of one machine. */
  readonly prefix?: string;
  readonly wants: (line: LogLine) => boolean;
  /** Called with the time of every line read, matching or not. */
  readonly heard: (at: number) => void;
}

/** A line with the id that identifies it. */
export interface FoundLine extends LogLine {
  readonly eventId: string;
}

/**
 * FilterLogEvents can read backwards only from this time on:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export const earliestReverseRead = Date.UTC(2024, 0, 1);

type TimeRange = Pick<FilterLogEventsInput, 'startTime' | 'startFromHead' | 'limit'>;

interface Page {
  readonly lines: readonly FoundLine[];
  readonly next?: string;
}

function foundLineOf(event: FilteredLogEvent, source: LogSource): FoundLine {
  const { logStreamName = '', timestamp: at = 0, message = '', eventId = `${logStreamName}@${at}:${message}` } = event;
  return { object: source.object, ...logStreamNameOf(logStreamName), at, text: message.replace(/\r?\n$/, ''), eventId };
}

/** Undefined if the log group no longer exists. */
async function* readPage(
  run: Run,
  query: LogQuery,
  range: TimeRange,
  token: string | undefined,
): RunGenerator<Page | undefined> {
  const { logs, source, prefix, wants } = query;
  const answer = yield* readWithRetry(run, 'FilterLogEvents', (options) =>
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
    return {
      lines: events.map((each) => foundLineOf(each, source)).filter(wants),
      ...(nextToken ? { next: nextToken } : {}),
    };
  }
  if (!answer.problems[0].name.startsWith('ResourceNotFound'))
    throw callFailure(run, 'FilterLogEvents', answer.problems[0]);
  yield runEvent(run, 'I2K873', `The log group ${source.logGroup} of ${source.object} does not exist.`, {
    logGroup: source.logGroup,
    object: source.object,
  });
  return undefined;
}

/** All lines of a range, oldest first; undefined if the log group no longer exists. */
export async function* readRange(
  run: Run,
  query: LogQuery,
  range: TimeRange,
): RunGenerator<readonly FoundLine[] | undefined> {
  const all: FoundLine[] = [];
  for (let token: string | undefined; ; ) {
    const found = yield* readPage(run, query, range, token);
    if (!found) return undefined;
    all.push(...found.lines);
    if (!found.next) return all;
    token = found.next;
  }
}

/** The last `most` lines, oldest first; reads backwards from the newest and stops there. */
export async function* readLastLines(
  run: Run,
  query: LogQuery,
  since: number,
  most: number,
): RunGenerator<readonly FoundLine[]> {
  const range = {
    startTime: Math.max(since, earliestReverseRead),
    startFromHead: false,
    limit: Math.min(most, 10_000),
  };
  const newest: FoundLine[] = [];
  for (let token: string | undefined; newest.length < most; ) {
    const found = yield* readPage(run, query, range, token);
    newest.push(...(found?.lines ?? []));
    if (!found?.next) break;
    token = found.next;
  }
  return newest.slice(0, most).reverse();
}

/** Passes each line of all groups to `tell` in order of time; holds one page of each. */
export async function* readMergedByTime(
  run: Run,
  queries: readonly LogQuery[],
  range: TimeRange,
  tell: (line: FoundLine) => RunGenerator<void>,
): RunGenerator<void> {
  const cursors = queries.map((query) => ({
    query,
    lines: [] as readonly FoundLine[],
    at: 0,
    token: '' as string | undefined,
  }));
  for (;;) {
    for (const each of cursors) {
      while (each.at >= each.lines.length && each.token !== undefined) {
        const found: Page | undefined = yield* readPage(run, each.query, range, each.token || undefined);
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
