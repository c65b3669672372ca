// Classifies errors of AWS calls by their shape alone: errors of the SDK, of sockets, and their causes.
import { I2kitError } from '@i2kit/common';

/**
 * - `throttled`: had no effect; repeat it later
 * - `transient`: no response, or an unreadable one; a write may have had its effect
 * - `expired`: the credentials are no longer, or not yet, valid
 * - `denied`: missing permission; never to be mistaken for absence
 * - `absent`: the named resource does not exist, or not yet
 * - `conflict`: a conditional write that another writer won
 * - `refused`: the service understood the request and rejected it
 */
export type ErrorKind = 'throttled' | 'transient' | 'expired' | 'denied' | 'absent' | 'conflict' | 'refused';

export interface ClassifiedError {
  readonly kind: ErrorKind;
  /** The error's name, e.g. `ValidationError`. */
  readonly name: string;
  readonly message: string;
  /** No connection was established, so the request had no effect. */
  readonly unsent?: true;
}

interface ErrorShape {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number;
  /** Came over the wire, so it is not a bug. */
  readonly remote: boolean;
  readonly cause: unknown;
}

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? (value as Record<string, unknown>)[key] : undefined;

/** The error's name as AWS spells it, e.g. `InvalidAMIName.Duplicate`. */
export const errorName = (error: unknown): string => String(field(error, 'name') ?? '');

function errorShapeOf(error: unknown): ErrorShape {
  const metadata = field(error, '$metadata');
  const status = field(metadata, 'httpStatusCode');
  return {
    name: errorName(error),
    message: String(field(error, 'message') ?? ''),
    code: String(field(error, 'code') ?? ''),
    status: typeof status === 'number' ? status : 0,
    remote: metadata !== undefined || field(error, '$fault') !== undefined || field(error, '$response') !== undefined,
    cause: field(error, 'cause'),
  };
}

const startsWithAnyOf = (...names: readonly string[]): RegExp => new RegExp(`^(${names.join('|')})`);

// Without LimitExceededException: CloudFormation's is a quota of the account, which does not pass with time.
const throttledNames = startsWithAnyOf(
  'Throttl',
  'TooManyRequests',
  'RequestLimitExceeded',
  'RequestThrottled',
  'PriorRequestNotComplete',
  'SlowDown',
  'BandwidthLimitExceeded',
  'ConcurrentLimitExceeded',
  'ResourceCountExceeded',
  'SnapshotCopyUnsupported\\.Busy',
);
const expiredNames = startsWithAnyOf(
  'ExpiredToken',
  'RequestExpired',
  'InvalidClientTokenId',
  'UnrecognizedClient',
  'CredentialsProviderError',
  'TokenProviderError',
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'InvalidSignature',
  'AuthFailure',
);
const deniedNames = startsWithAnyOf(
  'AccessDenied',
  'UnauthorizedOperation',
  'Client\\.UnauthorizedOperation',
  'NotAuthorized',
  'OptInRequired',
  'SignatureDoesNotMatch',
  'AllAccessDisabled',
  'KMSAccessDenied',
);
const absentNames = /NotFound|^NoSuch(Key|Upload)|\.Unavailable/;
const conflictNames = /^(PreconditionFailed|ConditionalRequestConflict)$/;
const transientNames = startsWithAnyOf(
  'TimeoutError',
  'RequestTimeout',
  'AbortError',
  'InternalFailure',
  'InternalError',
  'InternalServer',
  'ServiceUnavailable',
  'Unavailable',
  'NetworkingError',
);
const socketCodes = startsWithAnyOf(
  'ECONN',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ERR_HTTP2',
  'UND_ERR',
  'EPROTO',
);
const unsentCodes = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/;
const doesNotExistMessage = /^(Stack|ChangeSet)\b[^\n]{0,1000}\bdoes not exist$/;

function errorKindOf(error: ErrorShape, depth: number): ErrorKind | undefined {
  if (throttledNames.test(error.name) || error.status === 429 || /^Rate exceeded/.test(error.message))
    return 'throttled';
  if (expiredNames.test(error.name) || /Signature expired/.test(error.message)) return 'expired';
  if (deniedNames.test(error.name)) return 'denied';
  if (absentNames.test(error.name)) return 'absent';
  if (error.name === 'ValidationError' && doesNotExistMessage.test(error.message)) return 'absent';
  if (conflictNames.test(error.name)) return 'conflict';
  if (
    transientNames.test(error.name) ||
    socketCodes.test(error.code) ||
    socketCodes.test(error.name) ||
    error.status >= 500
  )
    return 'transient';
  // An unreadable response: the page of a proxy, or a truncated one.
  if (error.name === 'SyntaxError' && error.remote) return 'transient';
  if (error.status === 403) return 'denied';
  if (error.remote) return 'refused';
  return error.cause === undefined || depth > 5 ? undefined : errorKindOf(errorShapeOf(error.cause), depth + 1);
}

/** Undefined for an error that does not come from AWS or the network, e.g. a bug or an `I2kitError`: throw it on. */
export function classifyError(error: unknown): ClassifiedError | undefined {
  // Such an error is final already, whatever its cause and its message quote.
  if (error instanceof I2kitError) return undefined;
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
