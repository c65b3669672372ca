// Makes the calls of a run: reports each repetition as an event, renews expired credentials, stops at Ctrl-C and at the deadline.
import {
  backoffMs,
  type CallResult,
  type ClassifiedError,
  classifyError,
  type ErrorKind,
  nextPage,
  type Page,
  type PageToken,
  repeatCall,
} from '@i2kit/aws';
import { success } from '@i2kit/common';
import type { ApiAction, CallOptions } from '../ports/cloudFormation.ts';
import type { Result } from './result.ts';
import { notStartedMessage, type Run, type RunGenerator, RunStopped, refusalOf, resultOf, runEvent } from './run.ts';

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
  if (run.signal?.aborted) throw new RunStopped(abandonedResult(run, 'interrupted'));
  if (run.clients.clock.now() >= run.deadline) throw new RunStopped(abandonedResult(run, 'deadline'));
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

/**
 * Makes a call, and repeats it only while the error proves that it had no effect. Expired credentials are renewed and the
 * call is repeated; without newer ones the run ends. `begins`: the call starts an operation.
 */
export const callAtMostOnce = <T>(
  run: Run,
  action: ApiAction,
  send: (options: CallOptions) => Promise<T>,
  begins = false,
): RunGenerator<CallResult<T>> => repeatAndReport(run, action, trackedSend(run, send, begins), ['throttled']);

/** Makes a read, and repeats it after a lost response until the deadline. Returns the value, or a definite error. */
export const readWithRetry = <T>(
  run: Run,
  action: ApiAction,
  send: (options: CallOptions) => Promise<T>,
): RunGenerator<CallResult<T>> =>
  repeatAndReport(run, action, trackedSend(run, send, false), ['throttled', 'transient']);

/**
 * Reads page by page, only as many as `take` wants: it returns true to stop. The value is true if pages are left unread.
 */
export async function* readRunPages<P extends Page>(
  run: Run,
  action: ApiAction,
  read: (from: PageToken, options: CallOptions) => Promise<P>,
  take: (page: P) => unknown,
): RunGenerator<CallResult<boolean>> {
  for (let from: PageToken | undefined = {}; from !== undefined; ) {
    const token: PageToken = from;
    const answer: CallResult<P> = yield* readWithRetry(run, action, (options) => read(token, options));
    if (!answer.ok) return answer;
    from = nextPage(answer.value);
    if (take(answer.value) === true) return success(from !== undefined);
  }
  return success(false);
}

/** One attempt, which notes in the run's state whether it may have started an operation. */
const trackedSend =
  <T>(run: Run, send: (options: CallOptions) => Promise<T>, begins: boolean) =>
  async (options: CallOptions): Promise<T> => {
    throwIfStopped(run);
    const before = run.state.begun;
    if (begins && before === 'no') run.state.begun = 'maybe';
    try {
      return await send(options);
    } catch (error) {
      throwIfStopped(run);
      const known = classifyError(error);
      // Only a lost response leaves it open whether an operation was started.
      if (known && (known.kind !== 'transient' || known.unsent)) run.state.begun = before;
      throw error;
    }
  };

async function* repeatAndReport<T>(
  run: Run,
  action: ApiAction,
  send: (options: CallOptions) => Promise<T>,
  repeats: readonly ErrorKind[],
): RunGenerator<CallResult<T>> {
  const { random, refreshCredentials } = run.clients;
  const attempts = repeatCall(send, { repeats, random, signal: run.signal, refreshCredentials });
  for (;;) {
    throwIfStopped(run);
    const step = await nextAttempt(run, attempts);
    if (!step.done && step.value.refreshed)
      yield runEvent(run, 'I2K862', 'Renewed the expired credentials.', { action });
    else if (!step.done) yield* reportAndPause(run, action, step.value.error, step.value.delayMs);
    else if (!step.value.ok && step.value.problems[0].kind === 'expired')
      throw new RunStopped(abandonedResult(run, 'expired', step.value.problems[0].message));
    else return step.value;
  }
}

/** Ctrl-C must not wait for a call that hangs; `state.begun` then decides what the result claims. */
async function nextAttempt<Step>(run: Run, attempts: { next(): Promise<Step> }): Promise<Step> {
  try {
    return await attempts.next();
  } catch (error) {
    throwIfStopped(run);
    throw error;
  }
}

/** Reports an error that passes, and waits before the next attempt. */
export const reportAndBackOff = (
  run: Run,
  action: ApiAction,
  error: ClassifiedError,
  tries: number,
): RunGenerator<void> => reportAndPause(run, action, error, Math.round(backoffMs(tries, run.clients.random)));

async function* reportAndPause(
  run: Run,
  action: ApiAction,
  { kind, name, message }: ClassifiedError,
  delayMs: number,
): RunGenerator<void> {
  yield runEvent(run, 'I2K861', `${action}: ${name}; retrying in ${(delayMs / 1000).toFixed(1)} s.`, {
    action,
    fault: kind,
    said: message,
    delayMs,
  });
  await pauseRun(run, delayMs);
}

/** Refused because of a resource's current state, not because of the request: the state should be read again. */
export const isStateConflict = (error: ClassifiedError): boolean =>
  error.kind === 'refused' &&
  (/^(InvalidChangeSetStatus|TokenAlreadyExists|OperationInProgress)/.test(error.name) ||
    /_IN_PROGRESS|\b(state|status)\b|OBSOLETE/i.test(error.message));

/** Ends the run for an error that it cannot handle. */
export function callFailure(run: Run, action: ApiAction, error: ClassifiedError): Error {
  if (error.kind === 'denied' && run.state.begun !== 'no')
    return new RunStopped(abandonedResult(run, 'denied', `${action}: ${error.message}`));
  if (error.kind === 'absent') {
    return new RunStopped(
      refusalOf(
        run,
        'obsolete',
        `${run.stackName} has changed since the review: ${error.message.replace(/\.$/, '')}. Plan again.`,
      ),
    );
  }
  const reason = error.kind === 'denied' ? 'denied' : error.kind === 'transient' ? 'network' : 'invalid';
  const tail = run.state.begun === 'no' ? ` ${notStartedMessage(run)}` : '';
  return new RunStopped(
    resultOf(run, 'failed', `${action}: ${error.name}: ${error.message}.${tail}`.replace(/\.\.( |$)/, '.$1'), {
      reason,
      ...(reason === 'denied' && {
        hint: 'Ask for this permission: `i2kit iam-policy` prints the policies that i2kit needs.',
      }),
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
  throw callFailure(run, action, answer.problems[0]);
}
