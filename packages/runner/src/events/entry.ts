// Declares an event: its level, its meaning, and the type of its data.

export type EventLevel = 'debug' | 'info' | 'warn' | 'error' | 'result';

export interface EventDefinition<D> {
  readonly level: EventLevel;
  /** When it is emitted, in one sentence. */
  readonly when: string;
  /** Never set: carries the type of the event's data. */
  readonly data?: D;
}

export const defineEvent = <D>(level: EventLevel, when: string): EventDefinition<D> => ({ level, when });
