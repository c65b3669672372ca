// The result of an operation that can fail in an expected way: a value, or the problems that prevent it.

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Failure<P> {
  readonly ok: false;
  /** Never empty. */
  readonly problems: readonly [P, ...P[]];
}

/** `P` is a diagnostic where problems have a code and a place in the input. */
export type Outcome<T, P = Problem> = Success<T> | Failure<P>;

/** An expected failure without a place in the input. */
export interface Problem {
  /** One sentence. */
  readonly message: string;
  /** Advice for the user: a sentence with a capital and a period. */
  readonly hint?: string;
  readonly code?: string;
}

export const success = <T>(value: T): Success<T> => ({ ok: true, value });

export const failure = <P>(problem: P, ...more: readonly P[]): Failure<P> => ({
  ok: false,
  problems: [problem, ...more],
});

/** The problems of a failure; none of a success. */
export const problemsOf = <P>(outcome: Outcome<unknown, P>): readonly P[] => (outcome.ok ? [] : outcome.problems);
