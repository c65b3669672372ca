// Requests to a registry: time limits, retries after 429 and 5xx, and precise errors.

import type { Clock } from '@i2kit/aws';
import { ImageError, throwIfCancelled } from '../errors.ts';

export interface HttpOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one response with its body. */
  readonly timeout: number;
  /** Milliseconds for which a request is repeated, pauses included. */
  readonly patience: number;
}

export interface RegistryResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

const maxBodyBytes = 2 ** 23;
const initialBackoffMs = 500;

/** Returns any response except 429 and 5xx, which are retried. */
export async function sendRequest(
  url: string,
  init: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string },
  options: HttpOptions,
): Promise<RegistryResponse> {
  const host = new URL(url).host;
  const deadline = options.clock.now() + options.patience;
  for (let wait = initialBackoffMs; ; wait *= 2) {
    throwIfCancelled(options.signal);
    const outcome = await sendOnce(url, init, options);
    if ('status' in outcome && outcome.status !== 429 && outcome.status < 500) return outcome;
    const told = 'status' in outcome ? retryAfterMs(outcome.headers, options.clock.now()) : undefined;
    const pause = Math.max(told ?? 0, wait);
    if (options.clock.now() + pause > deadline) throw retriesExhaustedError(host, outcome, told);
    await options.clock.sleep(pause, options.signal);
  }
}

interface RequestFailure {
  readonly error: unknown;
}

async function sendOnce(
  url: string,
  init: object,
  { timeout, signal }: HttpOptions,
): Promise<RegistryResponse | RequestFailure> {
  const limit = AbortSignal.timeout(timeout);
  try {
    const answer = await fetch(url, { ...init, signal: signal ? AbortSignal.any([limit, signal]) : limit });
    return { status: answer.status, headers: answer.headers, body: await readBody(answer) };
  } catch (error) {
    throwIfCancelled(signal);
    if (error instanceof ImageError) throw error;
    return { error: limit.aborted ? new Error(`no answer in ${timeout / 1000} s`) : error };
  }
}

async function readBody(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > maxBodyBytes)
      throw new ImageError(
        'registry-answer',
        `${new URL(answer.url).host} responds with more than ${maxBodyBytes / 2 ** 20} MiB.`,
      );
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

/** Seconds, or a date (RFC 9110, 10.2.3); milliseconds from now. */
function retryAfterMs(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function retriesExhaustedError(
  host: string,
  outcome: RegistryResponse | RequestFailure,
  told: number | undefined,
): ImageError {
  if (!('status' in outcome)) {
    const error = outcome.error as { message?: string; cause?: { message?: string; code?: string } };
    const why = error.cause?.message || error.cause?.code || error.message || String(error);
    return new ImageError('registry-unreachable', `${host} cannot be reached: ${why}.`, { cause: outcome.error });
  }
  if (outcome.status !== 429)
    return new ImageError('registry-unreachable', `${host} responds with status ${outcome.status}.`);
  const when = told === undefined ? '' : `; retry in ${Math.ceil(told / 1000)} s`;
  return new ImageError('registry-busy', `${host} limits the number of requests${when}.`, {
    hint: 'Log in with Docker to raise the limit, or use a mirror.',
  });
}
