// Requests to a registry: time limits, retries after 429 and 5xx, and precise errors. Not by @i2kit/aws: a registry's answer
// is a status with a Retry-After header, which AWS does not send, instead of an error with a name.

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

const maxRedirects = 5;

export interface RegistryRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A redirect to another origin is an error: the request, or its response, is a secret. */
  readonly sameOrigin?: boolean;
}

/** Returns any response except 429 and 5xx, which are retried, and redirects, which are followed. */
export async function sendRequest(url: string, init: RegistryRequest, options: HttpOptions): Promise<RegistryResponse> {
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
  init: RegistryRequest,
  { timeout, signal }: HttpOptions,
): Promise<RegistryResponse | RequestFailure> {
  const limit = AbortSignal.timeout(timeout);
  try {
    return await sendFollowing(url, init, signal ? AbortSignal.any([limit, signal]) : limit);
  } catch (error) {
    throwIfCancelled(signal);
    if (error instanceof ImageError) throw error;
    return { error: limit.aborted ? new Error(`no answer in ${timeout / 1000} s`) : error };
  }
}

/** Follows redirects: credentials stay with their origin, and nothing goes from HTTPS to HTTP. */
async function sendFollowing(url: string, init: RegistryRequest, signal: AbortSignal): Promise<RegistryResponse> {
  let at = new URL(url);
  let { method = 'GET', headers = {}, body } = init;
  for (let followed = 0; ; followed++) {
    const answer = await fetch(at, {
      method,
      headers,
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal,
    });
    const { status } = answer;
    const location = redirectStatuses.has(status) ? answer.headers.get('location') : null;
    if (location === null) return { status, headers: answer.headers, body: await readBody(answer) };
    await answer.body?.cancel();
    const next = redirectTarget(at, location, init.sameOrigin === true, followed);
    if (next.origin !== at.origin) headers = withoutCredentials(headers);
    // As browsers do: only 307 and 308 repeat the request itself.
    if (method === 'POST' && status !== 307 && status !== 308) [method, body] = ['GET', undefined];
    at = next;
  }
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirectTarget(from: URL, location: string, sameOrigin: boolean, followed: number): URL {
  const fail = (why: string): never => {
    throw new ImageError('registry-answer', `${from.host} redirects ${why}.`);
  };
  if (followed >= maxRedirects) fail(`more than ${maxRedirects} times`);
  if (!URL.canParse(location, from.href)) return fail('to an address that is no URL');
  const next = new URL(location, from.href);
  if (sameOrigin && next.origin !== from.origin)
    fail(`a request for a token to ${next.origin}, which must not see credentials`);
  if (next.protocol !== 'https:' && next.protocol !== from.protocol) fail(`from HTTPS to ${next.origin}`);
  return next;
}

const withoutCredentials = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));

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
