// Job: machines that run a pod to completion and then terminate.
import type { KindSpec } from './kind.ts';
import {
  child,
  children,
  ensureObject,
  fillAbsent,
  fillAbsentOrZero,
  type JsonObject,
} from './shared/defaults/jsonObject.ts';
import { setPodTemplateDefaults } from './shared/defaults/pod.ts';
import { inheritLabels } from './shared/defaults/workload.ts';
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
import { completingTemplateFields, objectFields, podSelectorFields } from './shared/fields/podTemplate.ts';

export const job: KindSpec = {
  apiVersion: 'batch/v1',
  formerApiVersions: [],
  namespaced: true,
  becomes: 'an instance for each completion, which terminates itself; the stack waits until all of them have succeeded',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  const metadata = ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  // Only a Job without both fields has a single pod; with parallelism alone, any one success ends it.
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  fillAbsent(spec, {
    parallelism: 1,
    backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
  });
  setJobSpecDefaults(spec);
  inheritLabels(metadata, 'labels', child(child(child(spec, 'template'), 'metadata'), 'labels'));
}

/** The defaults of a Job's spec that the template of a CronJob gets as well. */
export function setJobSpecDefaults(spec: JsonObject): void {
  setPodTemplateDefaults(ensureObject(spec, 'template'));
  for (const rule of children(child(spec, 'podFailurePolicy'), 'rules')) {
    for (const pattern of children(rule, 'onPodConditions')) fillAbsentOrZero(pattern, { status: 'True' });
  }
}

/** The fields of a Job, and of the Jobs of a CronJob. */
export const jobSpecFields = (): FieldSupportTable => ({
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
  ...fieldsUnder('selector', allFields(podSelectorFields(), refused('I2K335', { byRule: true }))),
  ttlSecondsAfterFinished: warned('I2K552'),
  ...fieldsUnder('template', completingTemplateFields()),
});

function fields(): FieldSupportTable {
  return { ...objectFields(), ...fieldsUnder('spec', jobSpecFields()) };
}
