// Repeated calls: which errors are repeated, the pauses between attempts, renewed credentials, and time limits.
import { setImmediate } from 'node:timers/promises';
import {
  backoffMs,
  type CallOptions,
  limitCall,
  maxBackoffMs,
  type RetryPolicy,
  repeatCall,
  systemClock,
} from '../src/index.ts';

const serviceError = (name: string, status = 400): Error =>
  Object.assign(new Error(name), { name, $fault: 'client', $metadata: { httpStatusCode: status } });

/** A call that throws the errors in turn, then returns `done`. */
const failing = (errors: readonly unknown[]) => {
  const left = [...errors];
  return async (): Promise<string> => {
    if (left.length > 0) throw left.shift();
    return 'done';
  };
};

async function callOf(send: (options: CallOptions) => Promise<string>, policy: Partial<RetryPolicy> = {}) {
  const repetitions: string[] = [];
  const attempts = repeatCall(send, { repeats: ['throttled'], random: () => 1, ...policy });
  for (;;) {
    const step = await attempts.next();
    if (step.done) return { repetitions, result: step.value };
    const { error, delayMs, refreshed } = step.value;
    repetitions.push(`${error.name} ${refreshed ? 'refreshed' : delayMs}`);
  }
}

test('only errors of the policy are repeated, with growing pauses', async () => {
  const throttling = serviceError('Throttling');
  expect(await callOf(failing([throttling, throttling, throttling]))).toEqual({
    repetitions: ['Throttling 1000', 'Throttling 1600', 'Throttling 2560'],
    result: { ok: true, value: 'done' },
  });
  const broken = serviceError('SomethingBroke', 500);
  expect((await callOf(failing([throttling, broken]))).result).toMatchObject({
    ok: false,
    problems: [{ kind: 'transient', name: 'SomethingBroke', thrown: broken }],
  });
  expect((await callOf(failing([broken]), { repeats: ['throttled', 'transient'] })).result.ok).toBe(true);
});

test('pauses grow up to 15 s, with jitter over the upper half', () => {
  expect([0, 1, 5, 6, 100].map((attempt) => Math.round(backoffMs(attempt, () => 1)))).toEqual([
    1_000, 1_600, 10_486, 15_000, 15_000,
  ]);
  expect(backoffMs(100, () => 0)).toBe(maxBackoffMs / 2);
  expect(backoffMs(100, () => 1, 2_000)).toBe(2_000);
});

test('expired credentials are renewed twice at most; a skewed clock counts as expired', async () => {
  const skew = serviceError('RequestTimeTooSkewed', 403);
  const refreshCredentials = async () => true;
  expect(await callOf(failing([skew, skew]), { refreshCredentials })).toEqual({
    repetitions: ['RequestTimeTooSkewed refreshed', 'RequestTimeTooSkewed refreshed'],
    result: { ok: true, value: 'done' },
  });
  expect((await callOf(failing([skew, skew, skew]), { refreshCredentials })).result).toMatchObject({
    problems: [{ kind: 'expired' }],
  });
  for (const none of [undefined, async () => false])
    expect(await callOf(failing([skew]), { refreshCredentials: none })).toMatchObject({
      repetitions: [],
      result: { problems: [{ kind: 'expired' }] },
    });
});

test('a bug is thrown, and so is every error once the signal is aborted', async () => {
  await expect(callOf(failing([new TypeError('bug')]))).rejects.toThrow('bug');
  const stop = new AbortController();
  const hanging = callOf(() => new Promise(() => {}), { signal: stop.signal, repeats: ['transient'] });
  await setImmediate();
  stop.abort(new Error('stopped'));
  await expect(hanging).rejects.toThrow('stopped');
});

test('an attempt ends at its time limit, even if the call ignores its signal', async () => {
  let seen: AbortSignal | undefined;
  const hang = ({ signal }: CallOptions) => {
    seen = signal;
    return new Promise<never>(() => {});
  };
  await expect(limitCall(hang, { timeoutMs: 5 })).rejects.toMatchObject({
    name: 'TimeoutError',
    message: 'no answer in 0.005 s',
  });
  expect(seen?.aborted).toBe(true);
});

test('the clock sleeps until the time has passed, or the signal is aborted', async () => {
  const before = systemClock.now();
  await systemClock.sleep(5);
  expect(systemClock.now() - before).toBeGreaterThanOrEqual(4);
  await systemClock.sleep(600_000, AbortSignal.abort());
  const stop = new AbortController();
  const sleeping = systemClock.sleep(600_000, stop.signal);
  stop.abort();
  await sleeping;
});
