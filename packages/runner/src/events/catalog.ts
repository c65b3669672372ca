// Every event that a run can say, by code; a code is stable for ever. The compiler's codes end at I2K799.

import { drift } from './drift.ts';
import type { Entry, Level } from './entry.ts';
import { execute } from './execute.ts';
import { history } from './history.ts';
import { logs } from './logs.ts';
import { names } from './names.ts';
import { destroy, recover, stacks, transport } from './other.ts';
import { result } from './result.ts';
import { review } from './review.ts';
import { sets } from './sets.ts';
import { wait } from './wait.ts';

export const events = {
  ...review,
  ...execute,
  ...wait,
  ...destroy,
  ...recover,
  ...stacks,
  ...transport,
  ...logs,
  ...names,
  ...drift,
  ...history,
  ...sets,
  ...result,
} as const;

export type EventCode = keyof typeof events;

type DataOf<C extends EventCode> = (typeof events)[C] extends Entry<infer D> ? D : never;

type ByCode = {
  [C in EventCode]: {
    readonly code: C;
    readonly level: Level;
    /** Milliseconds since the epoch, by this machine's clock. */
    readonly at: number;
    readonly stackName: string;
    /** One line for a person; may hold text from the service: show it through `printable`. */
    readonly message: string;
    readonly data: DataOf<C>;
  };
};

export type EventOf<C extends EventCode> = ByCode[C];

/** One event; `code` tells the type of `data`. Plain data throughout: JSON holds all of it. */
export type RunEvent = ByCode[EventCode];

export type ResultEvent = EventOf<Exclude<keyof typeof result, 'I2K899'>>;

export const isResult = (event: RunEvent): event is ResultEvent => event.level === 'result' && event.code !== 'I2K899';

/** Puts an event together; the level is the catalogue's. */
export function event<C extends EventCode>(code: C, at: number, stackName: string, message: string, data: DataOf<C>): ByCode[C] {
  const made: unknown = { code, level: events[code].level, at, stackName, message, data };
  return made as ByCode[C];
}
