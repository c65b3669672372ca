// How every call is made: throttled ones again with jitter, lost answers by their nature, credentials read anew.
import { type Fault, faultOf } from './fault.ts';
import type { Action, CallOptions } from './ports/cloudformation.ts';
import type { Result } from './result.ts';
import { conclude, nothing, type Run, refuse, type Steps, say, stop } from './run.ts';

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** The longest pause between two looks, in milliseconds. */
export const longest = 15_000;

/** A second, growing by 1.6 each time up to `cap`, with jitter over its upper half; milliseconds. */
export const backoff = (attempt: number, random: () => number, cap = longest): number =>
  Math.min(cap, 1_000 * 1.6 ** Math.min(attempt, 20)) * (0.5 + random() / 2);

/** Waits; leaves where the user or the deadline wants it. */
export async function pause(run: Run, ms: number): Promise<void> {
  leaveIfTold(run);
  const { clock } = run.clients;
  await run.keeping.renew?.();
  await clock.sleep(Math.max(0, Math.min(ms, run.deadline - clock.now())), run.signal);
  leaveIfTold(run);
}

/** The two ways to leave that are nobody's fault. */
export function leaveIfTold(run: Run): void {
  if (run.signal?.aborted) throw stop(left(run, 'interrupted'));
  if (run.clients.clock.now() >= run.deadline) throw stop(left(run, 'deadline'));
}

type Left = 'interrupted' | 'deadline' | 'expired' | 'denied';

const because: Readonly<Record<Left, string>> = {
  interrupted: 'Interrupted',
  deadline: 'The time is over',
  expired: 'The credentials have expired, and there are no newer ones',
  denied: 'The credentials may not look at it any more',
};

/** What is true when a run has to leave: nothing was started, or it goes on without us. */
export function left(run: Run, why: Left, said = ''): Result {
  const how = because[why] + (said && `: ${said}`);
  if (run.seen.begun === 'no') {
    return conclude(run, why === 'interrupted' ? 'interrupted' : 'failed', `${how}. ${nothing(run)}`, { reason: why });
  }
  const state = run.seen.begun === 'yes' ? 'is still running' : 'may be running';
  return conclude(
    run,
    why === 'interrupted' ? 'interrupted' : 'running',
    `${how}. ${run.subject ?? run.stackName} ${state} in AWS; go on watching with: ${run.command}`,
    {
      reason: why,
    },
  );
}

/** A call that hangs must not hold the user: what becomes of it then is `Begun`'s to say. */
export async function orAborted<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
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
export async function* attempt<T>(run: Run, action: Action, send: (options: CallOptions) => Promise<T>, begins = false): Steps<Answer<T>> {
  let refreshed = 0;
  for (let tries = 0; ; tries++) {
    leaveIfTold(run);
    const before = run.seen.begun;
    if (begins && before === 'no') run.seen.begun = 'maybe';
    try {
      const options = run.signal ? { signal: run.signal } : {};
      return { ok: true, value: await orAborted(send(options), run.signal) };
    } catch (error) {
      leaveIfTold(run);
      const fault = faultOf(error);
      if (!fault) throw error;
      // Only a lost answer leaves it open whether something was begun.
      if (fault.kind !== 'transient' || fault.unsent) run.seen.begun = before;
      if (fault.kind === 'throttled') {
        yield* again(run, action, fault, tries);
      } else if (fault.kind === 'expired') {
        // Twice: the first refresh may have found credentials that were about to expire.
        if (refreshed++ >= 2 || !(await run.clients.refreshCredentials?.())) throw stop(left(run, 'expired', fault.message));
        yield say(run, 'I2K862', 'The credentials had expired and were read anew.', { action });
      } else return { ok: false, fault };
    }
  }
}

export async function* again(run: Run, action: Action, fault: Fault, tries: number): Steps<void> {
  const delayMs = Math.round(backoff(tries, run.clients.random));
  yield say(run, 'I2K861', `${action}: ${fault.name}; again in ${(delayMs / 1000).toFixed(1)} s.`, {
    action,
    fault: fault.kind,
    said: fault.message,
    delayMs,
  });
  await pause(run, delayMs);
}

/** A read: a lost answer costs nothing, so it is asked again until the deadline. Gives the value, or a definite no. */
export async function* read<T>(run: Run, action: Action, send: (options: CallOptions) => Promise<T>): Steps<Answer<T>> {
  for (let tries = 0; ; tries++) {
    const answer = yield* attempt(run, action, send);
    if (answer.ok || answer.fault.kind !== 'transient') return answer;
    yield* again(run, action, answer.fault, tries);
  }
}

/** Refused for the state that something is in, not for what was asked: worth another look. */
export const speaksOfState = (fault: Fault): boolean =>
  fault.kind === 'refused' &&
  (/^(InvalidChangeSetStatus|TokenAlreadyExists|OperationInProgress)/.test(fault.name) ||
    /_IN_PROGRESS|\b(state|status)\b|OBSOLETE/i.test(fault.message));

/** Ends the run for a fault that it has no answer to. */
export function giveUp(run: Run, action: Action, fault: Fault): Error {
  if (fault.kind === 'denied' && run.seen.begun !== 'no') return stop(left(run, 'denied', `${action}: ${fault.message}`));
  if (fault.kind === 'absent') {
    return stop(
      refuse(run, 'obsolete', `${run.stackName} is no longer what was reviewed: ${fault.message.replace(/\.$/, '')}. Plan again.`),
    );
  }
  const reason = fault.kind === 'denied' ? 'denied' : fault.kind === 'transient' ? 'network' : 'invalid';
  const tail = run.seen.begun === 'no' ? ` ${nothing(run)}` : '';
  return stop(conclude(run, 'failed', `${action}: ${fault.name}: ${fault.message}.${tail}`.replace(/\.\.( |$)/, '.$1'), { reason }));
}

/** A read that has to succeed. */
export async function* must<T>(run: Run, action: Action, send: (options: CallOptions) => Promise<T>): Steps<T> {
  const answer = yield* read(run, action, send);
  if (answer.ok) return answer.value;
  throw giveUp(run, action, answer.fault);
}
