// How every call is made: throttled ones again with jitter, lost answers by their nature, credentials read anew.

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

/** The longest pause between two looks, in milliseconds. */
export const maxBackoffMs = 15_000;

/** A second, growing by 1.6 each time up to `cap`, with jitter over its upper half; milliseconds. */
export const backoffMs = (attempt: number, random: () => number, cap = maxBackoffMs): number =>
  Math.min(cap, 1_000 * 1.6 ** Math.min(attempt, 20)) * (0.5 + random() / 2);

/** Waits; leaves where the user or the deadline wants it. */
export async function pauseRun(run: Run, ms: number): Promise<void> {
  throwIfStopped(run);
  const { clock } = run.clients;
  await run.heartbeat.renew?.();
  await clock.sleep(Math.max(0, Math.min(ms, run.deadline - clock.now())), run.signal);
  throwIfStopped(run);
}

/** The two ways to leave that are nobody's fault. */
export function throwIfStopped(run: Run): void {
  if (run.signal?.aborted) throw stopError(abandonedResult(run, 'interrupted'));
  if (run.clients.clock.now() >= run.deadline) throw stopError(abandonedResult(run, 'deadline'));
}

type AbandonReason = 'interrupted' | 'deadline' | 'expired' | 'denied';

const abandonReasonTexts: Readonly<Record<AbandonReason, string>> = {
  interrupted: 'Interrupted',
  deadline: 'The time is over',
  expired: 'The credentials have expired, and there are no newer ones',
  denied: 'The credentials may not look at it any more',
};

/** What is true when a run has to leave: nothing was started, or it goes on without us. */
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
    `${how}. ${run.subject ?? run.stackName} ${state} in AWS; go on watching with: ${run.command}`,
    {
      reason: why,
    },
  );
}

/** A call that hangs must not hold the user: what becomes of it then is `Begun`'s to say. */
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
 * Makes a call once, and again for as long as the fault cannot have had an effect. Expired credentials are read anew and
 * the call is made again; if there are no newer ones the run ends here. `begins`: the call starts an operation.
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
      // Only a lost answer leaves it open whether something was begun.
      if (fault.kind !== 'transient' || fault.unsent) run.state.begun = before;
      if (fault.kind === 'throttled') {
        yield* reportAndBackOff(run, action, fault, tries);
      } else if (fault.kind === 'expired') {
        // Twice: the first refresh may have found credentials that were about to expire.
        if (refreshed++ >= 2 || !(await run.clients.refreshCredentials?.()))
          throw stopError(abandonedResult(run, 'expired', fault.message));
        yield runEvent(run, 'I2K862', 'The credentials had expired and were read anew.', { action });
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
  yield runEvent(run, 'I2K861', `${action}: ${fault.name}; again in ${(delayMs / 1000).toFixed(1)} s.`, {
    action,
    fault: fault.kind,
    said: fault.message,
    delayMs,
  });
  await pauseRun(run, delayMs);
}

/** A read: a lost answer costs nothing, so it is asked again until the deadline. Gives the value, or a definite no. */
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

/** Refused for the state that something is in, not for what was asked: worth another look. */
export const isStateConflict = (fault: ClassifiedError): boolean =>
  fault.kind === 'refused' &&
  (/^(InvalidChangeSetStatus|TokenAlreadyExists|OperationInProgress)/.test(fault.name) ||
    /_IN_PROGRESS|\b(state|status)\b|OBSOLETE/i.test(fault.message));

/** Ends the run for a fault that it has no answer to. */
export function callFailure(run: Run, action: ApiAction, fault: ClassifiedError): Error {
  if (fault.kind === 'denied' && run.state.begun !== 'no')
    return stopError(abandonedResult(run, 'denied', `${action}: ${fault.message}`));
  if (fault.kind === 'absent') {
    return stopError(
      refusalOf(
        run,
        'obsolete',
        `${run.stackName} is no longer what was reviewed: ${fault.message.replace(/\.$/, '')}. Plan again.`,
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

/** A read that has to succeed. */
export async function* requireRead<T>(
  run: Run,
  action: ApiAction,
  send: (options: CallOptions) => Promise<T>,
): RunGenerator<T> {
  const answer = yield* readWithRetry(run, action, send);
  if (answer.ok) return answer.value;
  throw callFailure(run, action, answer.fault);
}
