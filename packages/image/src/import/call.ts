// One call to AWS: a time limit for each try, and patience with what passes.

import type { Clock } from '../clock.ts';
import { ImageError, throwIfCancelled } from '../errors.ts';
import { errorMessage, errorName, type Fault, faultOf } from './fault.ts';
import type { CallOptions } from './ports.ts';

const firstWait = 200;
const longestWait = 15_000;

export interface CallerOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that one try may take; 30,000 if absent. */
  readonly requestTimeout?: number;
  /** Milliseconds over which a call is repeated; 120,000 if absent. */
  readonly patience?: number;
  /** Between 0 and 1; `Math.random` if absent. */
  readonly random?: () => number;
}

export interface CallRules {
  /** Faults that pass with time, beside `busy` and `lost`: a snapshot is not known everywhere at once. */
  readonly also?: readonly Fault[];
}

/** `action` as IAM spells it. What it throws is the service's error where that is `absent` or `refused`, else an ImageError. */
export type Caller = <T>(action: string, send: (options: CallOptions) => Promise<T>, rules?: CallRules) => Promise<T>;

/** Every call made through it is safe to repeat: each carries a token, or sets what it sets again. */
export function caller(options: CallerOptions): Caller {
  const { clock, signal, requestTimeout = 30_000, patience = 120_000, random = Math.random } = options;
  return async (action, send, { also = [] } = {}) => {
    const deadline = clock.now() + patience;
    for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
      throwIfCancelled(signal);
      try {
        return await limited(send, requestTimeout, signal);
      } catch (error) {
        throwIfCancelled(signal);
        const fault = faultOf(error);
        const passes = fault === 'busy' || fault === 'lost' || (fault !== undefined && also.includes(fault));
        if (!passes) throw fault === 'denied' ? denial(action, error) : error;
        if (clock.now() + wait > deadline) throw exhausted(action, fault, error);
        await clock.sleep(wait * (0.5 + random() / 2), signal);
      }
    }
  };
}

/** The adapter's own time limits cannot be relied on: a peer may send a byte a minute. */
async function limited<T>(
  send: (options: CallOptions) => Promise<T>,
  milliseconds: number,
  outer: AbortSignal | undefined,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => own.abort();
  outer?.addEventListener('abort', stop);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error(`no answer in ${milliseconds / 1000} s`), { name: 'TimeoutError' }));
      own.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([send({ signal: own.signal }), late]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  }
}

const denial = (action: string, error: unknown): ImageError =>
  new ImageError('import-denied', `AWS refused ${action}: ${errorName(error)}: ${errorMessage(error)}`, {
    hint: 'Check the credentials and the policy of who runs this.',
    cause: error,
  });

function exhausted(action: string, fault: Fault, error: unknown): ImageError {
  const why = fault === 'busy' ? 'is throttled' : fault === 'absent' ? 'finds nothing' : 'gets no answer';
  return new ImageError('import-timeout', `${action} still ${why}: ${errorMessage(error)}`, {
    hint: 'Run it again; it goes on where it stopped.',
    cause: error,
  });
}
