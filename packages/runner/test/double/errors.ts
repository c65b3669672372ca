// Errors in the shapes of the AWS SDK and node:net.

const errorOf = (name: string, message: string, rest: object): Error =>
  Object.assign(new Error(message), { name }, rest);

/** The service answered with an error. */
export const serviceError = (name: string, message: string, status = 400): Error =>
  errorOf(name, message, {
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status, attempts: 1 },
  });

export const validationError = (message: string): Error => serviceError('ValidationError', message);
export const throttlingError = (): Error => serviceError('Throttling', 'Rate exceeded');
export const tooManyRequests = (): Error => serviceError('TooManyRequestsException', 'Too Many Requests', 429);
export const internalFailure = (): Error => serviceError('InternalFailure', 'An internal error has occurred.', 500);
export const serviceUnavailable = (): Error =>
  serviceError('ServiceUnavailable', 'Service is unable to handle request.', 503);
export const expiredToken = (): Error =>
  serviceError('ExpiredToken', 'The security token included in the request is expired', 403);
export const clockSkew = (): Error =>
  serviceError(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    403,
  );
export const accessDenied = (action: string): Error =>
  serviceError(
    'AccessDenied',
    `User: arn:aws:iam::123456789012:user/dev is not authorized to perform: cloudformation:${action}`,
    403,
  );

export const connectionReset = (): Error =>
  errorOf('Error', 'read ECONNRESET', { code: 'ECONNRESET', errno: -104, syscall: 'read', $metadata: { attempts: 1 } });
export const hostNotFound = (): Error =>
  errorOf('Error', 'getaddrinfo ENOTFOUND cloudformation.eu-west-1.amazonaws.com', {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
  });
export const connectionTimeout = (): Error =>
  errorOf('TimeoutError', 'Connection timed out after 60000 ms', { $metadata: { attempts: 1 } });
export const unreadableAnswer = (): Error =>
  errorOf('SyntaxError', 'Unexpected token \'<\', "<html>" is not valid JSON', {
    $response: { statusCode: 200 },
    $metadata: { httpStatusCode: 200 },
  });
