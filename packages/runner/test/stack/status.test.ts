// Stack statuses: every one of the SDK is known, and allows the right operation.
import { StackStatus } from '@aws-sdk/client-cloudformation';
import { readinessOf } from '../../src/index.ts';
import { goalStateOf, isStackStatus } from '../../src/stack/status.ts';

test('every status of the SDK is known', () => {
  for (const status of Object.values(StackStatus)) expect([status, isStackStatus(status)]).toEqual([status, true]);
});

test('an unknown status counts as busy', () => {
  expect(readinessOf('SOMETHING_NEW')).toBe('busy');
  expect(goalStateOf('deploy', 'SOMETHING_NEW')).toBe('running');
});

test.each([
  ['create', [undefined, 'REVIEW_IN_PROGRESS', 'DELETE_COMPLETE']],
  // UPDATE_FAILED is the status after a failed update with --no-rollback: it accepts a further change set.
  [
    'update',
    [
      'CREATE_COMPLETE',
      'UPDATE_COMPLETE',
      'UPDATE_FAILED',
      'UPDATE_ROLLBACK_COMPLETE',
      'IMPORT_COMPLETE',
      'IMPORT_ROLLBACK_COMPLETE',
    ],
  ],
  ['remake', ['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']],
  ['recover', ['UPDATE_ROLLBACK_FAILED']],
  ['held', ['DELETE_FAILED']],
  ['stuck', ['IMPORT_ROLLBACK_FAILED']],
])('%s', (readiness, statuses) => {
  for (const status of statuses) expect([status, readinessOf(status)]).toEqual([status, readiness]);
});

test('every status in progress but that of a review is busy', () => {
  for (const status of Object.values(StackStatus))
    if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
      expect([status, readinessOf(status)]).toEqual([status, 'busy']);
});

test('no rollback is ever the goal of a deployment', () => {
  for (const status of Object.values(StackStatus)) {
    if (/ROLLBACK|DELETE|FAILED/.test(status))
      expect([status, goalStateOf('deploy', status)]).not.toEqual([status, 'reached']);
  }
});
