// Every event of a run, by code. Codes are stable. The compiler's codes end at I2K799.

import type { EventDefinition, EventLevel } from './entry.ts';
import {
  destroyEvents,
  executeEvents,
  recoverEvents,
  resultEvents,
  reviewEvents,
  stackGraphEvents,
  transportEvents,
  waitEvents,
} from './operationEvents.ts';
import { dnsRecordEvents, driftEvents, historyEvents, logEvents, stackSetEvents } from './reportEvents.ts';

export const eventDefinitions = {
  ...reviewEvents,
  ...executeEvents,
  ...waitEvents,
  ...destroyEvents,
  ...recoverEvents,
  ...stackGraphEvents,
  ...transportEvents,
  ...logEvents,
  ...dnsRecordEvents,
  ...driftEvents,
  ...historyEvents,
  ...stackSetEvents,
  ...resultEvents,
} as const;

export type EventCode = keyof typeof eventDefinitions;

type EventDataOf<C extends EventCode> = (typeof eventDefinitions)[C] extends EventDefinition<infer D> ? D : never;

type EventByCode = {
  [C in EventCode]: {
    readonly code: C;
    readonly level: EventLevel;
    /** Milliseconds since the epoch, by this machine's clock. */
    readonly at: number;
    readonly stackName: string;
    /** One line for a person; may contain text from AWS: print it through `printable`. */
    readonly message: string;
    readonly data: EventDataOf<C>;
  };
};

export type EventOf<C extends EventCode> = EventByCode[C];

/** One event; `code` determines the type of `data`. Plain data, so that JSON holds all of it. */
export type RunEvent = EventByCode[EventCode];

export type ResultEvent = EventOf<Exclude<keyof typeof resultEvents, 'I2K899'>>;

export const isResult = (event: RunEvent): event is ResultEvent => event.level === 'result' && event.code !== 'I2K899';

/** Creates an event; its level comes from the catalog. */
export function event<C extends EventCode>(
  code: C,
  at: number,
  stackName: string,
  message: string,
  data: EventDataOf<C>,
): EventByCode[C] {
  const made: unknown = { code, level: eventDefinitions[code].level, at, stackName, message, data };
  return made as EventByCode[C];
}
