// How an event is declared: its level, what it is for, and the type of its data.

export type EventLevel = 'debug' | 'info' | 'warn' | 'error' | 'result';

export interface EventDefinition<D> {
  readonly level: EventLevel;
  /** When it is said, in one sentence. */
  readonly when: string;
  /** Never there: carries the type of the event's data. */
  readonly data?: D;
}

export const defineEvent = <D>(level: EventLevel, when: string): EventDefinition<D> => ({ level, when });
