// CloudWatch Logs as a double: small pages, some of them empty, both directions, and late lines.
import type { FilteredLogEvent, LogsPort } from '../../src/index.ts';
import { serviceError } from './errors.ts';

export interface FakeLogs extends LogsPort {
  /** Writes a line; its id derives from its content. */
  write(group: string, stream: string, at: number, message: string): void;
  /** Creates an empty group. */
  make(group: string): void;
  drop(group: string): void;
  /** Errors of the next calls, one each. */
  readonly faults: Error[];
  readonly calls: { readonly action: string; readonly input: object }[];
}

const pageSize = 2;

export function fakeLogs(): FakeLogs {
  const groups = new Map<string, FilteredLogEvent[]>();
  const faults: Error[] = [];
  const calls: FakeLogs['calls'] = [];
  const known = (action: string, input: { logGroupName: string }): FilteredLogEvent[] => {
    calls.push({ action, input });
    const fault = faults.shift();
    if (fault) throw fault;
    const found = groups.get(input.logGroupName);
    if (!found) throw serviceError('ResourceNotFoundException', 'The specified log group does not exist.');
    return found;
  };
  return {
    faults,
    calls,
    make: (group) => void groups.set(group, []),
    drop: (group) => void groups.delete(group),
    write(group, logStreamName, timestamp, message) {
      const all = groups.get(group) ?? [];
      groups.set(group, [
        ...all,
        { logStreamName, timestamp, message, eventId: `${logStreamName} ${timestamp} ${message}` },
      ]);
    },
    async filterLogEvents(input) {
      const all = known('FilterLogEvents', input)
        .filter(
          ({ timestamp = 0, logStreamName = '' }) =>
            timestamp >= (input.startTime ?? 0) && logStreamName.startsWith(input.logStreamNamePrefix ?? ''),
        )
        .sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
      if (input.startFromHead === false) all.reverse();
      const [from = 0, empty = 0] = (input.nextToken ?? '0,0').split(',').map(Number);
      // Each page except the first follows an empty one.
      if (from > 0 && !empty) return { events: [], nextToken: `${from},1` };
      const to = from + Math.min(pageSize, input.limit ?? pageSize);
      return { events: all.slice(from, to), ...(to < all.length ? { nextToken: `${to},0` } : {}) };
    },
    async describeLogStreams(input) {
      const names = new Set(known('DescribeLogStreams', input).map(({ logStreamName = '' }) => logStreamName));
      const found = [...names].sort().filter((name) => name.startsWith(input.logStreamNamePrefix ?? ''));
      return { logStreams: found.slice(0, input.limit).map((logStreamName) => ({ logStreamName })) };
    },
  };
}
