// What went wrong with a call to AWS, read from the error's shape alone.

/**
 * - `busy`: throttled, had no effect
 * - `lost`: no answer, or a broken one; the call may have had its effect
 * - `denied`: credentials or rights, never to be mistaken for absence
 * - `absent`: what the call names does not exist, or not yet
 * - `refused`: the service understood and said no
 */
export type Fault = 'busy' | 'lost' | 'denied' | 'absent' | 'refused';

const busy =
  /^(Throttl|RequestThrottled|TooManyRequests|RequestLimitExceeded|ConcurrentLimitExceeded|SlowDown|ResourceCountExceeded|SnapshotCopyUnsupported\.Busy)/;
const denied =
  /^(AccessDenied|UnauthorizedOperation|ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|CredentialsProviderError|TokenProviderError|AuthFailure|SignatureDoesNotMatch|InvalidSignature|OptInRequired|AllAccessDisabled|KMSAccessDenied|Client\.UnauthorizedOperation)/;
const lost =
  /^(TimeoutError|RequestTimeout|AbortError|InternalServer|InternalError|InternalFailure|ServiceUnavailable|Unavailable|NetworkingError|SyntaxError)/;
const socket =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR|ERR_HTTP2|EPROTO)/;
const absent = /(NotFound|^NoSuchKey|^NoSuchUpload|\.Unavailable)/;

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? (value as Record<string, unknown>)[key] : undefined;

/** Undefined where it is none of the outside world's: a bug of ours, to be thrown on. */
export function faultOf(error: unknown): Fault | undefined {
  const name = errorName(error);
  const code = String(field(error, 'code') ?? '');
  const metadata = field(error, '$metadata');
  const status = Number(field(metadata, 'httpStatusCode') ?? 0);
  if (busy.test(name) || status === 429) return 'busy';
  if (denied.test(name)) return 'denied';
  if (absent.test(name)) return 'absent';
  const remote = metadata !== undefined || field(error, '$fault') !== undefined;
  // A SyntaxError that did not come over the wire is our own.
  if (socket.test(code) || status >= 500 || (lost.test(name) && (remote || name !== 'SyntaxError'))) return 'lost';
  if (status === 403) return 'denied';
  return remote ? 'refused' : undefined;
}

/** The error's name as AWS spells it, e.g. `InvalidAMIName.Duplicate`. */
export const errorName = (error: unknown): string => String(field(error, 'name') ?? '');
export const errorMessage = (error: unknown): string => String(field(error, 'message') ?? error);
