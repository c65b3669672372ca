// Makes the AWS calls of an import: each has a token or sets the same value again, so a repeated call is safe.
import { type CallError, type CallOptions, type Clock, type ErrorKind, errorName, repeatCall } from '@i2kit/aws';
import { errorMessage } from '@i2kit/common';
import { ImageError, throwIfCancelled } from '../errors.ts';

export interface CallerOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt (default: 30,000). */
  readonly requestTimeout?: number;
  /** Milliseconds for which a call is repeated (default: 120,000). */
  readonly retryWindowMs?: number;
  /** Between 0 and 1 (default: `Math.random`). */
  readonly random?: () => number;
}

export interface CallRules {
  /** Further errors that pass: a new snapshot is not visible everywhere at once. */
  readonly also?: readonly ErrorKind[];
}

/**
 * `action` as IAM spells it. Throws an ImageError for missing rights, expired credentials and an exhausted window; any
 * other error of the service (`absent`, `conflict`, `refused`) as the SDK throws it.
 */
export type Caller = <T>(action: string, send: (options: CallOptions) => Promise<T>, rules?: CallRules) => Promise<T>;

export function caller(options: CallerOptions): Caller {
  const { clock, signal, requestTimeout = 30_000, retryWindowMs = 120_000, random = Math.random } = options;
  return async (action, send, { also = [] } = {}) => {
    const deadline = clock.now() + retryWindowMs;
    const policy = { repeats: ['throttled', 'transient', ...also], random, signal, timeoutMs: requestTimeout } as const;
    const attempts = repeatCall(send, policy);
    for (;;) {
      throwIfCancelled(signal);
      const step = await attempts.next().catch((error: unknown) => {
        throwIfCancelled(signal);
        throw error;
      });
      if (!step.done) {
        const { error, delayMs } = step.value;
        if (clock.now() + delayMs > deadline) throw exhaustedError(action, error.kind, error.message);
        await clock.sleep(delayMs, signal);
      } else if (step.value.ok) return step.value.value;
      else throw failureOf(action, step.value.problems[0]);
    }
  };
}

const hints = {
  denied: 'Check the credentials and their policy: `i2kit iam-policy --for image` prints the one that i2kit needs.',
  expired: 'Renew the credentials and check the clock of this computer, then run the command again.',
} as const;

function failureOf(action: string, { kind, thrown }: CallError): unknown {
  if (kind !== 'denied' && kind !== 'expired') return thrown;
  return new ImageError('import-denied', `AWS refused ${action}: ${errorName(thrown)}: ${errorMessage(thrown)}`, {
    hint: hints[kind],
    cause: thrown,
  });
}

function exhaustedError(action: string, kind: ErrorKind, message: string): ImageError {
  const why = kind === 'throttled' ? 'is throttled' : kind === 'absent' ? 'finds nothing' : 'gets no answer';
  return new ImageError('import-timeout', `${action} still ${why}: ${message}`, {
    hint: 'Run the command again to resume the import.',
  });
}
