// How an event is declared: its level, what it is for, and the type of its data.

export type Level = 'debug' | 'info' | 'warn' | 'error' | 'result';

export interface Entry<D> {
  readonly level: Level;
  /** When it is said, in one sentence. */
  readonly when: string;
  /** Never there: carries the type of the event's data. */
  readonly data?: D;
}

export const entry = <D>(level: Level, when: string): Entry<D> => ({ level, when });
