// Client of GitHub's REST API for comments: pagination, retries of transient failures, and rate limits.
import { I2kitError, parseJson } from '@i2kit/common';
import type { Environment } from './inputs.ts';

export interface GithubResponse {
  readonly status: number;
  readonly body: unknown;
  /** Address of the next page. */
  readonly next?: string;
}

export interface GithubClient {
  /** Takes a path or the address of a next page. Only idempotent requests are retried. */
  request(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<GithubResponse>;
}

/** In seconds; a longer rate limit is not waited for. */
const maxWaitSeconds = 60;
const maxAttempts = 4;

/** Thrown when GitHub gives no usable answer: no network, or 5xx until the last attempt. */
export class GithubError extends I2kitError<'github-unreachable'> {
  override readonly name = 'GithubError';
  constructor(message: string) {
    super('github-unreachable', message);
  }
}

/** `wait` takes milliseconds. */
export function githubClient(
  env: Environment['env'],
  token: string,
  wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
): GithubClient {
  const api = (env['GITHUB_API_URL'] ?? 'https://api.github.com').replace(/\/$/, '');
  const headers = {
    accept: 'application/vnd.github+json',
    'content-type': 'application/json',
    'user-agent': 'i2kit-review',
    'x-github-api-version': '2022-11-28',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const once = async (
    method: string,
    path: string,
    body: unknown,
  ): Promise<{ readonly answer?: GithubResponse; readonly again?: number; readonly why: string }> => {
    try {
      const response = await fetch(path.startsWith(`${api}/`) ? path : `${api}${path}`, {
        method,
        headers,
        signal: AbortSignal.timeout(30_000),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const links = (response.headers.get('link') ?? '').split('<');
      const next = links.find((link) => /^[^>]+>;\s*rel="next"/.test(link))?.split('>')[0];
      const answer = { status: response.status, body: parseJson(text), ...(next !== undefined && { next }) };
      return { answer, why: `${method} ${path}: ${response.status}`, ...retryDelay(response) };
    } catch (thrown) {
      return { again: 1, why: `${method} ${path}: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
    }
  };
  return {
    async request(method, path, body) {
      for (let turn = 1; ; turn += 1) {
        const { answer, again, why } = await once(method, path, body);
        if (again === undefined && answer) return answer;
        const limited = answer !== undefined && answer.status < 500;
        // A failed POST may have taken effect: the caller looks for the result before it sends the request again.
        if (again === undefined || again > maxWaitSeconds || turn === maxAttempts || (method === 'POST' && !limited))
          throw new GithubError(why);
        await wait(limited ? again * 1000 : again * 500 * 2 ** turn);
      }
    },
  };
}

/** Seconds until the next attempt; undefined if the answer is final. */
function retryDelay({ status, headers }: Response): { readonly again?: number } {
  if (status >= 500) return { again: 1 };
  if (status !== 403 && status !== 429) return {};
  const after = headers.get('retry-after');
  if (after !== null) return { again: Number(after) };
  if (headers.get('x-ratelimit-remaining') === '0')
    return { again: Math.max(1, Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000) };
  return status === 429 ? { again: 1 } : {};
}
