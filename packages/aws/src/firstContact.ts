// The HTTP handler of every client. Until AWS has answered one call, a call fails within seconds and says why: a wrong
// address, network, clock or key does not pass with time. Later calls wait and are repeated as their callers decide.
import { Readable } from 'node:stream';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { ContactError } from './contactError.ts';

/** Shared by the clients of a run. */
export class FirstContact {
  answered = false;
  /** The last answer that may pass with time: throttling, or a disruption. */
  passing: ContactError | undefined;
  /** Milliseconds since the epoch of the first request. */
  #since: number | undefined;

  /** Milliseconds since the first request. */
  elapsed(): number {
    this.#since ??= Date.now();
    return Date.now() - this.#since;
  }
}

/** The longest wait for the first answer, in milliseconds. */
export const firstAnswerMs = 10_000;

/** After this time, an error that may pass is final: the next attempt could come too late. */
const patienceMs = 4_000;

/** Differences of clocks that AWS does not accept, in milliseconds. */
const maxClockSkewMs = 5 * 60_000;

type HandlerOptions = Parameters<NodeHttpHandler['handle']>[1];
type Answer = Awaited<ReturnType<NodeHttpHandler['handle']>>;
type Request = Parameters<NodeHttpHandler['handle']>[0];

export class FirstContactHandler extends NodeHttpHandler {
  readonly #contact: FirstContact;

  constructor(contact: FirstContact, options: NodeHttpHandlerOptions) {
    super(options);
    this.#contact = contact;
  }

  override async handle(request: Request, options: HandlerOptions = {}): Promise<Answer> {
    const contact = this.#contact;
    if (contact.answered) return super.handle(request, options);
    const host = request.port === undefined ? request.hostname : `${request.hostname}:${request.port}`;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), Math.max(0, firstAnswerMs - contact.elapsed()));
    const given = options.abortSignal as AbortSignal | undefined;
    const abort = () => limit.abort();
    given?.addEventListener?.('abort', abort);
    if (given?.aborted) abort();
    try {
      const answer = await super.handle(request, { ...options, abortSignal: limit.signal });
      return await this.#read(answer, host);
    } catch (error) {
      // Another call may have had an answer meanwhile.
      if (error instanceof ContactError || given?.aborted || contact.answered) throw error;
      if (limit.signal.aborted && contact.passing) throw contact.passing;
      throw contactFailure(error, host, limit.signal.aborted, contact.elapsed() > patienceMs);
    } finally {
      clearTimeout(timer);
      given?.removeEventListener?.('abort', abort);
    }
  }

  async #read(answer: Answer, host: string): Promise<Answer> {
    const { response } = answer;
    const contact = this.#contact;
    if (response.statusCode < 400 && isPage(response.headers))
      throw new ContactError('not-aws', `${host} is not AWS: it answers with a page (HTTP ${response.statusCode}).`);
    if (response.statusCode >= 400) {
      const bytes = await bytesOf(response.body);
      response.body = Readable.from([bytes]);
      const refusal = refusalOf(response.statusCode, response.headers, bytes.toString('utf8'), host);
      if (refusal?.final || (refusal && contact.elapsed() > patienceMs)) throw refusal.error;
      if (refusal) {
        contact.passing = refusal.error;
        return answer;
      }
    }
    contact.answered = true;
    return answer;
  }
}

async function bytesOf(body: unknown): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

interface Refusal {
  readonly error: ContactError;
  /** It does not pass with time. */
  readonly final: boolean;
}

const throttledCodes =
  /\b(Throttl\w+|TooManyRequests\w*|RequestLimitExceeded|RequestThrottled\w*|SlowDown|PriorRequestNotComplete)\b|Rate exceeded/;
const expiredCodes =
  /\b(ExpiredToken\w*|RequestExpired|TokenRefreshRequired)\b|security token included in the request is expired/;
const clockCodes = /\b(RequestTimeTooSkewed|RequestInTheFuture)\b|Signature expired|Signature not yet current/;
const keyCodes =
  /\b(InvalidClientTokenId\w*|UnrecognizedClient\w*|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature\w*|IncompleteSignature\w*|AuthFailure|MissingAuthenticationToken\w*)\b/;

/** Undefined for an answer to the call itself, such as a missing permission or a missing stack. */
function refusalOf(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  host: string,
): Refusal | undefined {
  const text = `${headers['x-amzn-errortype'] ?? ''} ${body}`;
  if (status === 429 || throttledCodes.test(text))
    return { final: false, error: new ContactError('throttled', `AWS throttles the calls of this account (${host}).`) };
  // The answer to HEAD has no body.
  if (body !== '' && !isFromAws(headers, body))
    return { final: true, error: new ContactError('not-aws', `${host} is not AWS: it answers with HTTP ${status}.`) };
  if (status >= 500)
    return {
      final: false,
      error: new ContactError('unavailable', `${host} is unavailable: it answers with HTTP ${status}.`),
    };
  if (clockCodes.test(text) || (keyCodes.test(text) && Math.abs(skewOf(headers)) > maxClockSkewMs))
    return { final: true, error: clockError(skewOf(headers)) };
  if (expiredCodes.test(text))
    return { final: true, error: new ContactError('expired', 'The AWS credentials have expired.') };
  if (keyCodes.test(text))
    return {
      final: true,
      error: new ContactError('wrong-credentials', `AWS does not accept these credentials: ${codeIn(text)}.`),
    };
  return undefined;
}

/** A sign-in page of a network, or of a proxy. */
const isPage = (headers: Readonly<Record<string, string>>): boolean =>
  /^text\/html\b/.test(headers['content-type'] ?? '');

/** AWS numbers its requests, or names its errors in XML or JSON. A proxy does neither. */
const isFromAws = (headers: Readonly<Record<string, string>>, body: string): boolean =>
  Object.keys(headers).some((name) => /^x-amzn?-(request-?id|id-2|errortype)$/.test(name)) ||
  /<Code>|<RequestI[dD]>|"__type"|"code"/.test(body);

const codeIn = (text: string): string => keyCodes.exec(text)?.[1] ?? '';

/** Milliseconds by which this computer's clock is ahead; 0 if the answer has no date. */
function skewOf(headers: Readonly<Record<string, string>>): number {
  const at = Date.parse(headers['date'] ?? '');
  return Number.isNaN(at) ? 0 : Date.now() - at;
}

function clockError(skew: number): ContactError {
  const minutes = Math.round(Math.abs(skew) / 60_000);
  const by =
    minutes === 0
      ? 'differs from that of AWS'
      : `is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} that of AWS`;
  return new ContactError('clock', `The clock of this computer ${by}.`);
}

const tlsCodes = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;
const hostCodes = /^(ENOTFOUND|EAI_)/;
const refusedCodes = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)/;

function contactFailure(error: unknown, host: string, timedOut: boolean, isLate: boolean): unknown {
  const { code = '', name = '', message = '' } = Object(error) as { code?: string; name?: string; message?: string };
  if (timedOut || name === 'TimeoutError')
    return new ContactError(
      'no-answer',
      `${host} does not answer: no response in ${firstAnswerMs / 1000} seconds.`,
      error,
    );
  if (tlsCodes.test(code))
    return new ContactError(
      'tls',
      `No secure connection to ${host}: ${message.split('\n')[0]?.trim()} (${code}).`,
      error,
    );
  if (hostCodes.test(code)) return new ContactError('unknown-host', `There is no host ${host} (${code}).`, error);
  if (refusedCodes.test(code)) return new ContactError('refused', `${host} refuses the connection (${code}).`, error);
  if (isLate) return new ContactError('no-answer', `${host} does not answer: ${message || code}.`, error);
  return error;
}
