// Progress for programs: one JSON object a line.
import type { RunEvent } from '../events/catalog.ts';

/** Without the line's end. `v` is the version of this form; within it, fields are only added. */
export const ndjson = (event: RunEvent): string => JSON.stringify({ v: 1, ...event, at: new Date(event.at).toISOString() });
