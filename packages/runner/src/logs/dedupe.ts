// Which lines were told already: what may come late is read again and again, and told once.
import type { FoundLine } from './queries.ts';

/** A line that reaches CloudWatch by this much later than newer ones is still told, in milliseconds; agents ship every two seconds. */
export const maxLatenessMs = 60_000;

export interface LineDeduplicator {
  /** True at the first time; remembers it. */
  isNew(line: FoundLine): boolean;
  /** Of every line that was read, wanted or not: by the machines' clocks, because that of whoever looks may be wrong. */
  heard(at: number): void;
  /** Nothing older is wanted any more. */
  skipTo(at: number): void;
  /** From when on to read again, milliseconds since the epoch. */
  from(): number;
}

/** Ids to remember before those are forgotten that cannot come again. */
const maxRememberedIds = 20_000;

export function newLineDeduplicator(since: number): LineDeduplicator {
  const told = new Map<string, number>();
  let oldest = since;
  let newest = since;
  const from = (): number => {
    const again = Math.max(oldest, newest - maxLatenessMs);
    for (const [id, at] of told) if (at < again) told.delete(id);
    return again;
  };
  return {
    from,
    isNew(line) {
      if (line.at < oldest || told.has(line.eventId)) return false;
      told.set(line.eventId, line.at);
      if (told.size % maxRememberedIds === 0) from();
      return true;
    },
    heard(at) {
      newest = Math.max(newest, at);
    },
    skipTo(at) {
      oldest = Math.max(oldest, at);
    },
  };
}
