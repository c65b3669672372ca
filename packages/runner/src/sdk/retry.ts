// Makes every call of a run: repeats throttled ones with jitter, handles lost responses, renews expired credentials.

import type { ApiAction, CallOptions } from '../ports/cloudFormation.ts';
import type { Result } from '../run/result.ts';
import {
  notStartedMessage,
  type Run,
  type RunGenerator,
  refusalOf,
  resultOf,
  runEvent,
  stopError,
} from '../run/run.ts';
import { type ClassifiedError, classifyError } from './errorClassification.ts';

export type CallResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: ClassifiedError };

/** The longest pause between two attempts, in milliseconds. */
export const maxBackoffMs = 15_000;

/** Milliseconds of pause: one second, growing by 1.6 each time up to `cap`, with jitter over its upper half. */
export const backoffMs = (attempt: number, random: () => number, cap = maxBackoffMs): number =>
  Math.min(cap, 1_000 * 1.6 ** Math.min(attempt, 20)) * (0.5 + random() / 2);

/** Waits; stops the run at Ctrl-C or at the deadline. */
export async function pauseRun(run: Run, ms: number): Promise<void> {
  throwIfStopped(run);
  const { clock } = run.clients;
  await run.heartbeat.renew?.();
  await clock.sleep(Math.max(0, Math.min(ms, run.deadline - clock.now())), run.signal);
  throwIfStopped(run);
}

/** Stops the run at Ctrl-C or at the deadline. */
export function throwIfStopped(run: Run): void {
  if (run.signal?.aborted) throw stopError(abandonedResult(run, 'interrupted'));
  if (run.clients.clock.now() >= run.deadline) throw stopError(abandonedResult(run, 'deadline'));
}

type AbandonReason = 'interrupted' | 'deadline' | 'expired' | 'denied';

const abandonReasonTexts: Readonly<Record<AbandonReason, string>> = {
  interrupted: 'Interrupted',
  deadline: 'Timed out',
  expired: 'The credentials have expired, and there are no newer ones',
  denied: 'The credentials no longer allow reading it',
};

/** The result of a run that stops early: nothing was started, or the operation continues without the run. */
export function abandonedResult(run: Run, why: AbandonReason, said = ''): Result {
  const how = abandonReasonTexts[why] + (said && `: ${said}`);
  if (run.state.begun === 'no') {
    return resultOf(run, why === 'interrupted' ? 'interrupted' : 'failed', `${how}. ${notStartedMessage(run)}`, {
      reason: why,
    });
  }
  const state = run.state.begun === 'yes' ? 'is still running' : 'may be running';
  return resultOf(
    run,
    why === 'interrupted' ? 'interrupted' : 'running',
    `${how}. ${run.subject ?? run.stackName} ${state} in AWS; resume watching with: ${run.command}`,
    {
      reason: why,
    },
  );
}

/** Ctrl-C must not wait for a call that hangs; `state.begun` then decides what the result claims. */
export async function raceAbort<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return call;
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error('aborted'));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
  call.catch(() => {});
  return Promise.race([call, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

/**
 * Makes a call, and repeats it only while the error proves that it had no effect. Expired credentials are renewed and
 * the call is repeated; without newer ones the run ends. `begins`: the call starts an operation.
 */
export async function* callAtMostOnce<T>(
  run: Run,
  action: ApiAction,
  send: (options: CallOptions) => Promise<T>,
  begins = false,
): RunGenerator<CallResult<T>> {
  let refreshed = 0;
  for (let tries = 0; ; tries++) {
    throwIfStopped(run);
    const before = run.state.begun;
    if (begins && before === 'no') run.state.begun = 'maybe';
    try {
      const options = run.signal ? { signal: run.signal } : {};
      return { ok: true, value: await raceAbort(send(options), run.signal) };
    } catch (error) {
      throwIfStopped(run);
      const fault = classifyError(error);
      if (!fault) throw error;
      // Only a lost response leaves it open whether an operation was started.
      if (fault.kind !== 'transient' || fault.unsent) run.state.begun = before;
      if (fault.kind === 'throttled') {
        yield* reportAndBackOff(run, action, fault, tries);
      } else if (fault.kind === 'expired') {
        // Twice: the first renewal may have returned credentials that were about to expire.
        if (refreshed++ >= 2 || !(await run.clients.refreshCredentials?.()))
          throw stopError(abandonedResult(run, 'expired', fault.message));
        yield runEvent(run, 'I2K862', 'Renewed the expired credentials.', { action });
      } else return { ok: false, fault };
    }
  }
}

export async function* reportAndBackOff(
  run: Run,
  action: ApiAction,
  fault: ClassifiedError,
  tries: number,
): RunGenerator<void> {
  const delayMs = Math.round(backoffMs(tries, run.clients.random));
  yield runEvent(run, 'I2K861', `${action}: ${fault.name}; retrying in ${(delayMs / 1000).toFixed(1)} s.`, {
    action,
    fault: fault.kind,
    said: fault.message,
    delayMs,
  });
  await pauseRun(run, delayMs);
}

/** Makes a read, and repeats it after a lost response until the deadline. Returns the value, or a definite error. */
export async function* readWithRetry<T>(
  run: Run,
  action: ApiAction,
  send: (options: CallOptions) => Promise<T>,
): RunGenerator<CallResult<T>> {
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, action, send);
    if (answer.ok || answer.fault.kind !== 'transient') return answer;
    yield* reportAndBackOff(run, action, answer.fault, tries);
  }
}

/** Refused because of a resource's current state, not because of the request: the state should be read again. */
export const isStateConflict = (fault: ClassifiedError): boolean =>
  fault.kind === 'refused' &&
  (/^(InvalidChangeSetStatus|TokenAlreadyExists|OperationInProgress)/.test(fault.name) ||
    /_IN_PROGRESS|\b(state|status)\b|OBSOLETE/i.test(fault.message));

/** Ends the run for an error that it cannot handle. */
export function callFailure(run: Run, action: ApiAction, fault: ClassifiedError): Error {
  if (fault.kind === 'denied' && run.state.begun !== 'no')
    return stopError(abandonedResult(run, 'denied', `${action}: ${fault.message}`));
  if (fault.kind === 'absent') {
    return stopError(
      refusalOf(
        run,
        'obsolete',
        `${run.stackName} has changed since the review: ${fault.message.replace(/\.$/, '')}. Plan again.`,
      ),
    );
  }
  const reason = fault.kind === 'denied' ? 'denied' : fault.kind === 'transient' ? 'network' : 'invalid';
  const tail = run.state.begun === 'no' ? ` ${notStartedMessage(run)}` : '';
  return stopError(
    resultOf(run, 'failed', `${action}: ${fault.name}: ${fault.message}.${tail}`.replace(/\.\.( |$)/, '.$1'), {
      reason,
    }),
  );
}

/** A read that must succeed. */
export async function* requireRead<T>(
  run: Run,
  action: ApiAction,
  send: (options: CallOptions) => Promise<T>,
): RunGenerator<T> {
  const answer = yield* readWithRetry(run, action, send);
  if (answer.ok) return answer.value;
  throw callFailure(run, action, answer.fault);
}
