// A strict stand-in for AWS: it enforces the rules of imports, counts requests, and dies or fails at a chosen one.
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@i2kit/aws';

export type InjectedFault = 'killed before' | 'killed after' | 'throttled' | 'lost' | 'failed after';

/** An error as the SDK throws it. */
export const awsError = (name: string, message = name, status = 400): Error =>
  Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: status } });

/** The process is gone: no code catches this. */
export class ProcessKilled extends Error {}

function attempt<T>(effect: () => T): { failed: false; value: T } | { failed: true; error: unknown } {
  try {
    return { failed: false, value: effect() };
  } catch (error) {
    return { failed: true, error };
  }
}

export class FakeAws {
  /** `region Action` of each request. */
  readonly requests: string[] = [];
  readonly violations: string[] = [];
  private dead = false;
  private id = 0;
  private trouble: { at: number; kind: InjectedFault } | undefined;

  /** At the `at`-th request from now, from 0. */
  injectFault(at: number, kind: InjectedFault): void {
    this.trouble = { at: this.requests.length + at, kind };
  }

  revive(): void {
    this.dead = false;
    this.trouble = undefined;
  }

  newId(prefix: string): string {
    return `${prefix}-${(++this.id).toString(16).padStart(17, '0')}`;
  }

  async request<T>(action: string, effect: () => T): Promise<T> {
    await setImmediate();
    if (this.dead) throw new ProcessKilled('dead already');
    const kind = this.trouble?.at === this.requests.length ? this.trouble.kind : undefined;
    this.requests.push(action);
    if (kind === 'killed before') return this.die();
    if (kind === 'throttled') throw awsError('RequestThrottledException', 'slow down', 429);
    if (kind === 'lost') throw Object.assign(new Error('reset'), { name: 'Error', code: 'ECONNRESET' });
    const outcome = attempt(effect);
    if (kind === 'killed after') return this.die();
    if (outcome.failed) throw outcome.error;
    const answer = outcome.value;
    if (kind === 'failed after') throw awsError('InternalServerException', 'try again', 500);
    return answer;
  }

  /** A rule that a caller must never break, in any situation. */
  violated(rule: string): never {
    this.violations.push(rule);
    throw awsError('ValidationException', rule);
  }

  private die(): never {
    this.dead = true;
    throw new ProcessKilled('killed');
  }
}

/** Time that passes only while someone sleeps. */
export function testClock(): Clock {
  let now = 1_700_000_000_000;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
      await setImmediate();
    },
  };
}
