// What went wrong with a call, read from the shape of the error alone: SDK errors, socket errors and their causes.

/**
 * - `throttled`: had no effect, come again later
 * - `transient`: the answer was lost, so that a write may have had its effect
 * - `expired`: credentials are no longer, or not yet, valid
 * - `denied`: never to be mistaken for absence
 * - `absent`: the stack or change set does not exist
 * - `lost`: a conditional write that another one won
 * - `refused`: the service understood and said no
 */
export type ErrorKind = 'throttled' | 'transient' | 'expired' | 'denied' | 'absent' | 'lost' | 'refused';

export interface ClassifiedError {
  readonly kind: ErrorKind;
  /** The error's name, e.g. `ValidationError`. */
  readonly name: string;
  readonly message: string;
  /** No connection came about: the request cannot have had its effect. */
  readonly unsent?: true;
}

interface ErrorShape {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number;
  /** From the wire: it is the service or the socket that speaks, not a bug of ours. */
  readonly remote: boolean;
  readonly cause: unknown;
}

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? (value as Record<string, unknown>)[key] : undefined;

function errorShapeOf(error: unknown): ErrorShape {
  const metadata = field(error, '$metadata');
  const status = field(metadata, 'httpStatusCode');
  return {
    name: String(field(error, 'name') ?? ''),
    message: String(field(error, 'message') ?? ''),
    code: String(field(error, 'code') ?? ''),
    status: typeof status === 'number' ? status : 0,
    remote: metadata !== undefined || field(error, '$fault') !== undefined || field(error, '$response') !== undefined,
    cause: field(error, 'cause'),
  };
}

// LimitExceededException is not here: in CloudFormation it is the account's quota, which no waiting changes.
const throttledNames =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|PriorRequestNotComplete|SlowDown|BandwidthLimitExceeded)/;
const expiredNames =
  /^(ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|CredentialsProviderError|TokenProviderError|RequestTimeTooSkewed|RequestInTheFuture|InvalidSignature|AuthFailure)/;
const deniedNames =
  /^(AccessDenied|UnauthorizedOperation|NotAuthorized|OptInRequired|SignatureDoesNotMatch|AllAccessDisabled)/;
const transientNames =
  /^(TimeoutError|RequestTimeout|InternalFailure|InternalError|InternalServerError|ServiceUnavailable|NetworkingError)/;
const socketCodes =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ERR_HTTP2|UND_ERR|EPROTO)/;
const unsentCodes = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/;
const doesNotExistMessage = /^(Stack|ChangeSet)\b[^\n]{0,1000}\bdoes not exist$/;

function errorKindOf(error: ErrorShape, depth: number): ErrorKind | undefined {
  if (throttledNames.test(error.name) || error.status === 429 || /^Rate exceeded/.test(error.message))
    return 'throttled';
  if (expiredNames.test(error.name) || /Signature expired/.test(error.message)) return 'expired';
  if (deniedNames.test(error.name)) return 'denied';
  if (/^ChangeSetNotFound/.test(error.name) || /^NoSuchKey$/.test(error.name)) return 'absent';
  if (error.name === 'ValidationError' && doesNotExistMessage.test(error.message)) return 'absent';
  if (/^(PreconditionFailed|ConditionalRequestConflict)$/.test(error.name)) return 'lost';
  if (
    transientNames.test(error.name) ||
    socketCodes.test(error.code) ||
    socketCodes.test(error.name) ||
    error.status >= 500
  )
    return 'transient';
  // An answer that could not be read: a proxy's page, or one that was cut off.
  if (error.name === 'SyntaxError' && error.remote) return 'transient';
  if (error.status === 403) return 'denied';
  if (error.remote) return 'refused';
  return error.cause === undefined || depth > 5 ? undefined : errorKindOf(errorShapeOf(error.cause), depth + 1);
}

/** Undefined where the error is none of the outside world's: it is a bug of ours and must be thrown on. */
export function classifyError(error: unknown): ClassifiedError | undefined {
  const shape = errorShapeOf(error);
  const kind = errorKindOf(shape, 0);
  const code = shape.code || errorShapeOf(shape.cause).code;
  return (
    kind && {
      kind,
      name: shape.name || shape.code,
      message: shape.message,
      ...(kind === 'transient' && unsentCodes.test(code) ? { unsent: true } : {}),
    }
  );
}
