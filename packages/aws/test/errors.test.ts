// Errors of AWS calls by kind, in the shapes in which the SDK and Node.js throw them.
import { I2kitError } from '@i2kit/common';
import { classifyError, errorName } from '../src/index.ts';

const serviceError = (name: string, message = name, status = 400): Error =>
  Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: status } });
const systemError = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'read' });

test.each<[kind: string | undefined, names: readonly string[]]>([
  [
    'throttled',
    [
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'RequestThrottledException',
      'PriorRequestNotComplete',
      'SlowDown',
      'BandwidthLimitExceeded',
      'ConcurrentLimitExceededException',
      'ResourceCountExceeded',
      'SnapshotCopyUnsupported.Busy',
    ],
  ],
  [
    'expired',
    [
      'ExpiredToken',
      'ExpiredTokenException',
      'RequestExpired',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'RequestTimeTooSkewed',
      'RequestInTheFuture',
      'InvalidSignatureException',
      'AuthFailure',
    ],
  ],
  [
    'denied',
    [
      'AccessDenied',
      'AccessDeniedException',
      'UnauthorizedOperation',
      'Client.UnauthorizedOperation',
      'NotAuthorized',
      'OptInRequired',
      'SignatureDoesNotMatch',
      'AllAccessDisabled',
      'KMSAccessDeniedException',
    ],
  ],
  [
    'absent',
    [
      'NotFound',
      'NoSuchKey',
      'NoSuchUpload',
      'ChangeSetNotFoundException',
      'ChangeSetNotFound',
      'InvalidSnapshot.NotFound',
      'InvalidAMIID.Unavailable',
    ],
  ],
  ['conflict', ['PreconditionFailed', 'ConditionalRequestConflict']],
  [
    'transient',
    [
      'TimeoutError',
      'RequestTimeout',
      'RequestTimeoutException',
      'AbortError',
      'InternalFailure',
      'InternalError',
      'InternalServerError',
      'InternalServerException',
      'ServiceUnavailable',
      'Unavailable',
      'NetworkingError',
    ],
  ],
  ['refused', ['ValidationError', 'LimitExceededException', 'InvalidAMIName.Duplicate', 'NoSuchBucket']],
])('%s by its name', (kind, names) => {
  for (const name of names) expect([name, classifyError(serviceError(name))?.kind]).toEqual([name, kind]);
});

test.each<[string, unknown, string | undefined]>([
  ['429', serviceError('Unknown', 'busy', 429), 'throttled'],
  ['a rate in the message', serviceError('ClientError', 'Rate exceeded'), 'throttled'],
  ['500 with an unlisted name', serviceError('SomethingBroke', 'oh', 500), 'transient'],
  ['599 with an unlisted name', serviceError('SomethingBroke', 'oh', 599), 'transient'],
  ['403 with an unlisted name', serviceError('Forbidden', 'no', 403), 'denied'],
  ['499 with an unlisted name', serviceError('Forbidden', 'no', 499), 'refused'],
  ['a denial with status 500', serviceError('AccessDenied', 'no', 500), 'denied'],
  ['a clock that is behind', serviceError('RequestTimeTooSkewed', 'The difference is too large', 403), 'expired'],
  ['a clock that is ahead', serviceError('InvalidRequest', 'Signature expired: 2026 is now earlier', 400), 'expired'],
  ['no stack', serviceError('ValidationError', 'Stack with id shop does not exist'), 'absent'],
  ['no stack, in other words', serviceError('ValidationError', 'Stack [shop] does not exist'), 'absent'],
  ['no role', serviceError('ValidationError', 'Role arn:aws:iam::1:role/x does not exist'), 'refused'],
  ['a reset connection', systemError('ECONNRESET'), 'transient'],
  ['a cause', Object.assign(new Error('fetch failed'), { cause: systemError('UND_ERR_SOCKET') }), 'transient'],
  ['no credentials', Object.assign(new Error('none'), { name: 'CredentialsProviderError' }), 'expired'],
  ['a response of a proxy', Object.assign(new SyntaxError('<'), { $response: { statusCode: 200 } }), 'transient'],
  ['a syntax error of our own', new SyntaxError('<'), undefined],
  ['a bug', new TypeError('x is not a function'), undefined],
  ['no error at all', undefined, undefined],
  ['an error with a code of its own', new I2kitError('x', 'Rate exceeded', { cause: systemError('EPIPE') }), undefined],
])('%s', (_, error, kind) => {
  expect(classifyError(error)?.kind).toBe(kind);
});

test('a connection that was never established had no effect', () => {
  expect(classifyError(systemError('ENOTFOUND'))).toEqual({
    kind: 'transient',
    name: 'Error',
    message: 'ENOTFOUND',
    unsent: true,
  });
  expect(classifyError(systemError('ECONNRESET'))?.unsent).toBeUndefined();
  const wrapped = Object.assign(new Error('fetch failed'), { cause: systemError('ECONNREFUSED') });
  expect(classifyError(wrapped)?.unsent).toBe(true);
});

test('names are as AWS spells them', () => {
  expect([errorName(serviceError('InvalidAMIName.Duplicate')), errorName('text')]).toEqual([
    'InvalidAMIName.Duplicate',
    '',
  ]);
});
