// Field support of Job; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { allFields, eachField, fieldsUnder, mapped, meaningless, refused, warned } from './fieldSupport.ts';
import { completingTemplateFields, objectFields, podSelectorFields } from './podTemplate.ts';

/** The fields of a Job, and of the Jobs of a CronJob. */
export const jobSpecFields: FieldSupportTable = {
  ...eachField('completions parallelism suspend', mapped('size')),
  ...eachField('activeDeadlineSeconds backoffLimit', mapped('pod')),
  completionMode: refused('I2K470', { unless: 'NonIndexed' }),
  ...eachField(
    'backoffLimitPerIndex maxFailedIndexes successPolicy.rules[].succeededCount successPolicy.rules[].succeededIndexes',
    refused('I2K470'),
  ),
  ...fieldsUnder(
    'podFailurePolicy.rules[]',
    eachField(
      'action onExitCodes.containerName onExitCodes.operator onExitCodes.values[] onPodConditions[].status onPodConditions[].type',
      refused('I2K473'),
    ),
  ),
  managedBy: refused('I2K473', { unless: 'kubernetes.io/job-controller' }),
  podReplacementPolicy: meaningless('A pod restarts on its own machine, after it has ended.'),
  // They identify the Job's pods only together.
  manualSelector: refused('I2K335', { byRule: true, unless: false }),
  // A rule compares it with the template's labels; it has no other effect.
  ...fieldsUnder('selector', allFields(podSelectorFields, refused('I2K335', { byRule: true }))),
  ttlSecondsAfterFinished: warned('I2K552'),
  ...fieldsUnder('template', completingTemplateFields),
};

export const jobFields: FieldSupportTable = { ...objectFields, ...fieldsUnder('spec', jobSpecFields) };
