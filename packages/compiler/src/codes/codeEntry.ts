// The catalog's entry for a code.

export type Severity = 'error' | 'warning' | 'info';

export interface CodeEntry {
  readonly severity: Severity;
  /** A heading of a few words. */
  readonly title: string;
  /** Its meaning and the remedy, in a few sentences. */
  readonly explanation: string;
}

/** Keeps the codes' literal names while checking their entries. */
export const defineCodes = <const T extends Readonly<Record<string, CodeEntry>>>(entries: T): T => entries;
