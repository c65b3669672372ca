// What is done with each field of a CronJob; see its page in Kubernetes' API reference.
import { all, each, mapped, meaningless, refused, under, warned } from './classes.ts';
import { jobSpec } from './job.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';
import { workload } from './workload.ts';

export const cronJob: Ledger = {
  ...workload,
  ...under('spec', {
    ...each('schedule suspend timeZone', mapped('schedule')),
    concurrencyPolicy: refused('I2K472', { byRule: true }),
    ...each(
      'failedJobsHistoryLimit successfulJobsHistoryLimit',
      meaningless('What has ended leaves its logs, and nothing else that could be kept.'),
    ),
    startingDeadlineSeconds: warned('I2K553'),
    ...under('jobTemplate.metadata', all(metadata, meaningless('No Job is made that could have it: the schedule starts machines.'))),
    ...under('jobTemplate.spec', {
      ...jobSpec,
      suspend: refused('I2K472', { byRule: true, unless: false }),
      ttlSecondsAfterFinished: meaningless('A machine that has ended is gone.'),
    }),
  }),
};
