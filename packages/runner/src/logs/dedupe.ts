// Remembers the lines already shown: late lines require reading the same range again.
import type { FoundLine } from './queries.ts';

/**
 * Milliseconds by which a line may reach CloudWatch later than newer ones and still be shown; agents ship every two
 * seconds.
 */
export const maxLatenessMs = 60_000;

export interface LineDeduplicator {
  /** True at the first occurrence; remembers the line. */
  isNew(line: FoundLine): boolean;
  /**
   * Records the time of every line read, matching or not: by the machines' clocks, because the local clock may be
   * wrong.
   */
  heard(at: number): void;
  /** Discards everything older. */
  skipTo(at: number): void;
  /** Time from which to read again, milliseconds since the epoch. */
  from(): number;
}

/** Ids to remember before discarding those that cannot occur again. */
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
