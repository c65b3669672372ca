// What the catalog holds for each code.

export type Severity = 'error' | 'warning' | 'info';

export interface CodeEntry {
  readonly severity: Severity;
  /** A few words, as a heading. */
  readonly title: string;
  /** What it means and what to do, in one or two sentences. */
  readonly explanation: string;
}

/** Keeps the codes' literal names while checking their entries. */
export const defineCodes = <const T extends Readonly<Record<string, CodeEntry>>>(entries: T): T => entries;
