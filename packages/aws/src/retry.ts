// Makes one call to AWS: limits the time of each attempt, renews expired credentials, repeats after errors that pass.
import { failure, type Outcome, success } from '@i2kit/common';
import { type ClassifiedError, classifyError, type ErrorKind } from './errors.ts';

/** Passed to every attempt; aborted at its time limit, or by the caller. */
export interface CallOptions {
  readonly signal: AbortSignal;
}

export interface CallError extends ClassifiedError {
  /** The error as it was thrown. */
  readonly thrown: unknown;
}

export type CallResult<T> = Outcome<T, CallError>;

/** The longest pause between two attempts, in milliseconds. */
export const maxBackoffMs = 15_000;

/** Milliseconds of pause: one second, growing by 1.6 each time up to `cap`, with jitter over its upper half. */
export const backoffMs = (attempt: number, random: () => number, cap = maxBackoffMs): number =>
  Math.min(cap, 1_000 * 1.6 ** Math.min(attempt, 20)) * (0.5 + random() / 2);

export interface RetryPolicy {
  /** Errors after which the call is repeated. Leave `transient` out if a repetition could do harm. */
  readonly repeats: readonly ErrorKind[];
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt (default: no limit beside the SDK's). */
  readonly timeoutMs?: number | undefined;
  /** Reads credentials again; false if there are no newer ones (default: there are none). */
  readonly refreshCredentials?: (() => Promise<boolean>) | undefined;
}

/** The reason and the pause before a further attempt. The consumer pauses, or stops by no longer iterating. */
export type Repetition =
  | { readonly error: ClassifiedError; readonly delayMs: number; readonly refreshed: false }
  | { readonly error: ClassifiedError; readonly delayMs: 0; readonly refreshed: true };

/**
 * Makes a call until it succeeds, or fails with an error that is not to be repeated. Yields before each repetition.
 * There is no limit of attempts: the consumer ends the iteration. Throws an error that cannot be classified, because
 * it is a bug, and any error once `signal` is aborted.
 */
export async function* repeatCall<T>(
  send: (options: CallOptions) => Promise<T>,
  policy: RetryPolicy,
): AsyncGenerator<Repetition, CallResult<T>, void> {
  let refreshes = 0;
  for (let attempt = 0; ; attempt++) {
    let thrown: unknown;
    try {
      return success(await limitCall(send, policy));
    } catch (error) {
      thrown = error;
    }
    const error = policy.signal?.aborted ? undefined : classifyError(thrown);
    if (!error) throw thrown;
    if (policy.repeats.includes(error.kind))
      yield { error, delayMs: Math.round(backoffMs(attempt, policy.random)), refreshed: false };
    // Twice: the first renewal may have returned credentials that were about to expire.
    else if (error.kind === 'expired' && refreshes++ < 2 && (await policy.refreshCredentials?.()))
      yield { error, delayMs: 0, refreshed: true };
    else return failure({ ...error, thrown });
  }
}

/**
 * Makes one attempt. Rejects at the time limit, and when `signal` is aborted, even if the call ignores both: a peer may
 * send a byte a minute.
 */
export async function limitCall<T>(
  send: (options: CallOptions) => Promise<T>,
  { signal, timeoutMs }: { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number | undefined } = {},
): Promise<T> {
  const own = new AbortController();
  const abort = (): void => own.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(
          () => own.abort(Object.assign(new Error(`no answer in ${timeoutMs / 1000} s`), { name: 'TimeoutError' })),
          timeoutMs,
        );
  try {
    return await raceAbort(send({ signal: own.signal }), own.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** The call's result, or a rejection with the signal's reason as soon as that is aborted. */
export async function raceAbort<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return call;
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
  call.catch(() => {});
  return Promise.race([call, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}
