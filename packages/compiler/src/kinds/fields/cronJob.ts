// Field support of CronJob; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { allFields, eachField, fieldsUnder, mapped, meaningless, refused, warned } from './fieldSupport.ts';
import { jobSpecFields } from './job.ts';
import { metadataFields } from './metadata.ts';
import { objectFields } from './podTemplate.ts';

export const cronJobFields: FieldSupportTable = {
  ...objectFields,
  ...fieldsUnder('spec', {
    ...eachField('schedule suspend timeZone', mapped('schedule')),
    concurrencyPolicy: refused('I2K472', { byRule: true }),
    ...eachField(
      'failedJobsHistoryLimit successfulJobsHistoryLimit',
      meaningless('A finished run leaves only its logs.'),
    ),
    startingDeadlineSeconds: warned('I2K553'),
    ...fieldsUnder(
      'jobTemplate.metadata',
      allFields(metadataFields, meaningless('No Job is created that could have it: the schedule starts machines.')),
    ),
    ...fieldsUnder('jobTemplate.spec', {
      ...jobSpecFields,
      suspend: refused('I2K472', { byRule: true, unless: false }),
      ttlSecondsAfterFinished: meaningless('A machine that has ended is terminated.'),
    }),
  }),
};
