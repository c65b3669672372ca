// How errors and statuses are read.
import { StackStatus } from '@aws-sdk/client-cloudformation';
import { classifyError, readinessOf } from '../../src/index.ts';
import { goalStateOf, isStackStatus } from '../../src/stack/status.ts';
import * as errors from '../double/errors.ts';

test.each<[string, unknown, string | undefined]>([
  ['Throttling', errors.throttlingError(), 'throttled'],
  ['429', errors.tooManyRequests(), 'throttled'],
  ['500', errors.internalFailure(), 'transient'],
  ['503', errors.serviceUnavailable(), 'transient'],
  ['reset', errors.connectionReset(), 'transient'],
  ['timeout', errors.connectionTimeout(), 'transient'],
  ['no such host', errors.hostNotFound(), 'transient'],
  ['unreadable', errors.unreadableAnswer(), 'transient'],
  ['wrapped reset', Object.assign(new Error('fetch failed'), { cause: errors.connectionReset() }), 'transient'],
  ['expired', errors.expiredToken(), 'expired'],
  [
    'no credentials',
    Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }),
    'expired',
  ],
  ['skew', errors.clockSkew(), 'expired'],
  ['denied', errors.accessDenied('DescribeStacks'), 'denied'],
  ['403 without a name', errors.serviceError('Unknown', 'Forbidden', 403), 'denied'],
  ['no stack', errors.validationError('Stack with id shop does not exist'), 'absent'],
  ['no stack, said otherwise', errors.validationError('Stack [shop] does not exist'), 'absent'],
  ['no change set', errors.serviceError('ChangeSetNotFoundException', 'ChangeSet [x] does not exist', 404), 'absent'],
  [
    'no change set, by its wire name',
    errors.serviceError('ChangeSetNotFound', 'ChangeSet [x] does not exist', 404),
    'absent',
  ],
  [
    'something else that does not exist',
    errors.validationError('Role arn:aws:iam::1:role/x is invalid or cannot be assumed'),
    'refused',
  ],
  ['a quota is no throttle', errors.serviceError('LimitExceededException', 'Stack limit exceeded'), 'refused'],
  ['a bug of ours', new TypeError('x is not a function'), undefined],
])('%s', (_, error, kind) => {
  expect(classifyError(error)?.kind).toBe(kind);
});

test('a connection that never came about had no effect', () => {
  expect(classifyError(errors.hostNotFound())?.unsent).toBe(true);
  expect(classifyError(errors.connectionReset())?.unsent).toBeUndefined();
});

test('every status that the SDK knows is known', () => {
  for (const status of Object.values(StackStatus)) expect([status, isStackStatus(status)]).toEqual([status, true]);
});

test('a status that nobody knows is kept away from', () => {
  expect(readinessOf('SOMETHING_NEW')).toBe('busy');
  expect(goalStateOf('deploy', 'SOMETHING_NEW')).toBe('running');
});

test('no rollback is ever what a deploy was begun for', () => {
  for (const status of Object.values(StackStatus)) {
    if (/ROLLBACK|DELETE|FAILED/.test(status))
      expect([status, goalStateOf('deploy', status)]).not.toEqual([status, 'reached']);
  }
});
