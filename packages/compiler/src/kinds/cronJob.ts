// CronJob: an Auto Scaling group that a schedule fills.

import { jobSpecFields, setJobSpecDefaults } from './job.ts';
import type { KindSpec } from './kind.ts';
import { ensureObject, fillAbsent, fillAbsentOrZero, type JsonObject } from './shared/defaults/jsonObject.ts';
import {
  allFields,
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  refused,
  warned,
} from './shared/fields/fieldSupport.ts';
import { metadataFields } from './shared/fields/metadata.ts';
import { objectFields } from './shared/fields/podTemplate.ts';

export const cronJob: KindSpec = {
  apiVersion: 'batch/v1',
  formerApiVersions: ['batch/v1beta1', 'batch/v2alpha1'],
  namespaced: true,
  becomes:
    'a launch template and an empty Auto Scaling group that a schedule fills; a machine leaves it when its pod has ended',
  setDefaults,
  fields,
};

/** The Jobs of a CronJob get a Job's own defaults only when they are created, so its template does not. */
function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  fillAbsentOrZero(spec, { concurrencyPolicy: 'Allow' });
  fillAbsent(spec, { suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  const template = ensureObject(spec, 'jobTemplate');
  ensureObject(template, 'metadata');
  setJobSpecDefaults(ensureObject(template, 'spec'));
}

function fields(): FieldSupportTable {
  return {
    ...objectFields(),
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
        allFields(metadataFields(), meaningless('No Job is created that could have it: the schedule starts machines.')),
      ),
      ...fieldsUnder('jobTemplate.spec', {
        ...jobSpecFields(),
        suspend: refused('I2K472', { byRule: true, unless: false }),
        ttlSecondsAfterFinished: meaningless('A machine that has ended is terminated.'),
      }),
    }),
  };
}
