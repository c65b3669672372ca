import { jobs } from '../../../src/2-check/rules/jobs.ts';
import { cronJob, job, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.template.spec.restartPolicy': 'OnFailure' }, []],
  [{ 'spec.template.spec.restartPolicy': undefined }, ['I2K322 spec.template.spec']],
  [{ 'spec.template.spec.restartPolicy': 'Always' }, ['I2K322 ~p.restartPolicy'.replace('~p.', 'spec.template.spec.')]],
  [{ 'spec.completionMode': 'Any' }, ['I2K335 spec.completionMode']],
  [{ 'spec.podReplacementPolicy': 'Never' }, ['I2K335 spec.podReplacementPolicy']],
  [
    { 'spec.podFailurePolicy': { rules: [] }, 'spec.template.spec.restartPolicy': 'OnFailure' },
    ['I2K335 spec.podFailurePolicy'],
  ],
  [{ 'spec.activeDeadlineSeconds': 43200 }, []],
  [{ 'spec.activeDeadlineSeconds': 43201 }, ['I2K471 spec.activeDeadlineSeconds']],
  [{ 'spec.completions': 2, 'spec.backoffLimit': 3 }, ['I2K550 spec.backoffLimit']],
  [{ 'spec.selector.matchLabels': { app: 'web' } }, ['I2K335 spec.selector']],
  [{ 'spec.manualSelector': true }, ['I2K335 spec.manualSelector']],
  [{ 'spec.manualSelector': true, 'spec.selector.matchLabels': { app: 'web' } }, []],
  [{ 'spec.manualSelector': true, 'spec.selector.matchLabels': { app: 'api' } }, ['I2K335 spec.selector']],
])('of a Job with %j', (changes, expected) =>
  expect(
    findingsOf(jobs, [withFields(job, changes)]).map((line) => line.replace('~p.', 'spec.template.spec.')),
  ).toEqual(expected),
);

it('of the Jobs of a CronJob', () => {
  expect(findingsOf(jobs, [cronJob])).toEqual([]);
  expect(
    findingsOf(jobs, [
      withFields(cronJob, {
        'spec.jobTemplate.spec.selector': {},
        'spec.jobTemplate.spec.activeDeadlineSeconds': 90000,
      }),
    ]),
  ).toEqual(['I2K335 spec.jobTemplate.spec.selector']);
});
