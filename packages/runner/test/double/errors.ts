// Errors in the shapes that the AWS SDK and node:net give them.

const error = (name: string, message: string, rest: object): Error => Object.assign(new Error(message), { name }, rest);

/** The service answered with an error. */
export const service = (name: string, message: string, status = 400): Error =>
  error(name, message, { $fault: status < 500 ? 'client' : 'server', $metadata: { httpStatusCode: status, attempts: 1 } });

export const validation = (message: string): Error => service('ValidationError', message);
export const throttling = (): Error => service('Throttling', 'Rate exceeded');
export const tooMany = (): Error => service('TooManyRequestsException', 'Too Many Requests', 429);
export const internal = (): Error => service('InternalFailure', 'An internal error has occurred.', 500);
export const unavailable = (): Error => service('ServiceUnavailable', 'Service is unable to handle request.', 503);
export const expired = (): Error => service('ExpiredToken', 'The security token included in the request is expired', 403);
export const skewed = (): Error =>
  service('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403);
export const denied = (action: string): Error =>
  service('AccessDenied', `User: arn:aws:iam::123456789012:user/dev is not authorized to perform: cloudformation:${action}`, 403);

export const reset = (): Error =>
  error('Error', 'read ECONNRESET', { code: 'ECONNRESET', errno: -104, syscall: 'read', $metadata: { attempts: 1 } });
export const noName = (): Error =>
  error('Error', 'getaddrinfo ENOTFOUND cloudformation.eu-west-1.amazonaws.com', { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
export const timeout = (): Error => error('TimeoutError', 'Connection timed out after 60000 ms', { $metadata: { attempts: 1 } });
export const unreadable = (): Error =>
  error('SyntaxError', 'Unexpected token \'<\', "<html>" is not valid JSON', {
    $response: { statusCode: 200 },
    $metadata: { httpStatusCode: 200 },
  });
