// How errors and statuses are read.
import { StackStatus } from '@aws-sdk/client-cloudformation';
import { faultOf, standing } from '../src/index.ts';
import { isStatus, verdict } from '../src/status.ts';
import * as errors from './double/errors.ts';

test.each<[string, unknown, string | undefined]>([
  ['Throttling', errors.throttling(), 'throttled'],
  ['429', errors.tooMany(), 'throttled'],
  ['500', errors.internal(), 'transient'],
  ['503', errors.unavailable(), 'transient'],
  ['reset', errors.reset(), 'transient'],
  ['timeout', errors.timeout(), 'transient'],
  ['no such host', errors.noName(), 'transient'],
  ['unreadable', errors.unreadable(), 'transient'],
  ['wrapped reset', Object.assign(new Error('fetch failed'), { cause: errors.reset() }), 'transient'],
  ['expired', errors.expired(), 'expired'],
  [
    'no credentials',
    Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }),
    'expired',
  ],
  ['skew', errors.skewed(), 'expired'],
  ['denied', errors.denied('DescribeStacks'), 'denied'],
  ['403 without a name', errors.service('Unknown', 'Forbidden', 403), 'denied'],
  ['no stack', errors.validation('Stack with id shop does not exist'), 'absent'],
  ['no stack, said otherwise', errors.validation('Stack [shop] does not exist'), 'absent'],
  ['no change set', errors.service('ChangeSetNotFoundException', 'ChangeSet [x] does not exist', 404), 'absent'],
  ['no change set, by its wire name', errors.service('ChangeSetNotFound', 'ChangeSet [x] does not exist', 404), 'absent'],
  ['something else that does not exist', errors.validation('Role arn:aws:iam::1:role/x is invalid or cannot be assumed'), 'refused'],
  ['a quota is no throttle', errors.service('LimitExceededException', 'Stack limit exceeded'), 'refused'],
  ['a bug of ours', new TypeError('x is not a function'), undefined],
])('%s', (_, error, kind) => {
  expect(faultOf(error)?.kind).toBe(kind);
});

test('a connection that never came about had no effect', () => {
  expect(faultOf(errors.noName())?.unsent).toBe(true);
  expect(faultOf(errors.reset())?.unsent).toBeUndefined();
});

test('every status that the SDK knows is known', () => {
  for (const status of Object.values(StackStatus)) expect([status, isStatus(status)]).toEqual([status, true]);
});

test('a status that nobody knows is kept away from', () => {
  expect(standing('SOMETHING_NEW')).toBe('busy');
  expect(verdict('deploy', 'SOMETHING_NEW')).toBe('running');
});

test('no rollback is ever what a deploy was begun for', () => {
  for (const status of Object.values(StackStatus)) {
    if (/ROLLBACK|DELETE|FAILED/.test(status)) expect([status, verdict('deploy', status)]).not.toEqual([status, 'reached']);
  }
});
