// Rule deadlines: of rollouts and of ends.
import { deadlines } from '../../../src/2-check/rules/deadlines.ts';
import { deployment, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const within = (changes: Readonly<Record<string, unknown>>) => findingsOf(deadlines, [withFields(deployment, changes)]);

it('takes an hour and two days', () => {
  expect(
    within({
      'spec.progressDeadlineSeconds': 3600,
      'spec.minReadySeconds': 3599,
      'spec.template.spec.terminationGracePeriodSeconds': 172800,
    }),
  ).toEqual([]);
});

it('refuses more', () => {
  expect(within({ 'spec.progressDeadlineSeconds': 3601 })).toEqual(['I2K422 spec.progressDeadlineSeconds']);
  expect(within({ 'spec.progressDeadlineSeconds': 2 ** 31 - 1 })).toEqual(['I2K422 spec.progressDeadlineSeconds']);
  expect(within({ 'spec.template.spec.terminationGracePeriodSeconds': 172801 })).toEqual([
    'I2K423 ~p.terminationGracePeriodSeconds',
  ]);
});

it('refuses a deadline before the pods could count as ready', () => {
  expect(within({ 'spec.progressDeadlineSeconds': 10, 'spec.minReadySeconds': 10 })).toEqual([
    'I2K317 spec.progressDeadlineSeconds',
  ]);
  expect(within({ 'spec.minReadySeconds': 600 })).toEqual(['I2K317 spec']);
});
