// Virtual time that passes only while everyone waits: an hour's deployment takes milliseconds.
import type { Clock } from '../../src/index.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
  /** A sleeper makes time pass; planned events happen only then. */
  readonly sleeper: boolean;
}

export interface VirtualClock extends Clock {
  /** Plans an event, `ms` from now. */
  after(ms: number, fire: () => void): void;
  /** Lets time pass at once, like a call that takes `ms`. */
  pass(ms: number): void;
  /** The requested pauses, in milliseconds. */
  readonly slept: number[];
}

export const epoch = Date.UTC(2026, 0, 1);

export function virtualClock(): VirtualClock {
  let now = epoch;
  let order = 0;
  let timers: Timer[] = [];
  let pumping = false;
  const slept: number[] = [];

  const plan = (ms: number, sleeper: boolean, fire: () => void): Timer => {
    const timer = { at: now + ms, order: order++, fire, sleeper };
    timers.push(timer);
    timers.sort((a, b) => a.at - b.at || a.order - b.order);
    return timer;
  };
  const next = (until: number): boolean => {
    const timer = timers[0];
    if (!timer || timer.at > until) return false;
    timers.shift();
    now = Math.max(now, timer.at);
    timer.fire();
    return true;
  };
  // A macrotask: everything that could continue without time passing has continued by then.
  const pump = (): void => {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      const first = timers.find((timer) => timer.sleeper);
      if (!first) return;
      while (timers[0] !== first && next(first.at));
      next(first.at);
      pump();
    });
  };
  return {
    slept,
    now: () => now,
    after: (ms, fire) => void plan(ms, false, fire),
    pass(ms) {
      const until = now + ms;
      while (timers[0] && !timers[0].sleeper && next(until));
      now = until;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        slept.push(ms);
        const done = (): void => {
          timers = timers.filter((each) => each !== timer);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer = plan(ms, true, done);
        signal?.addEventListener('abort', done);
        pump();
      }),
  };
}
